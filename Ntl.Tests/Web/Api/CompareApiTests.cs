using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ntl.Tests.Support;

namespace Ntl.Tests.Web.Api;

public sealed class CompareApiTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/compare", "runs")]
    [InlineData("/api/v1/compare?runs=not-an-id", "runs")]
    [InlineData("/api/v1/compare?search=x&band=elastic", "band")]
    [InlineData("/api/v1/compare?search=x&metrics=no%20key", "metrics")]
    [InlineData("/api/v1/compare?search=x&group=zodiac", "group")]
    [InlineData("/api/v1/compare/points.csv", "runs")]
    public async Task Question_WithAMistake_IsToldByField(string address, string field)
    {
        using var response = await fixture.Client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Comparison_OfNothing_IsEmpty()
    {
        var answer = await fixture.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/compare?search=no+run+has+this+name", UriKind.Relative), Cancellation);
        var csv = await fixture.Client.GetStringAsync(new Uri("/api/v1/compare/points.csv?search=no+run+has+this+name", UriKind.Relative), Cancellation);

        Assert.Equal((0, 0), (answer.GetProperty("total").GetInt32(), answer.GetProperty("lines").GetArrayLength()));
        Assert.Equal("run,name,key,attempt,step,value\n", csv);
    }

    [Fact]
    public async Task Export_OfARunThatIsNone_IsNotFound()
    {
        using var run = await fixture.Client.GetAsync(new Uri("/runs/zzzzzzzzzz/export.html", UriKind.Relative), Cancellation);
        using var comparison = await fixture.Client.GetAsync(new Uri("/compare/export.html?runs=zzzzzzzzzz", UriKind.Relative), Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (run.StatusCode, comparison.StatusCode));
    }
}
