using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;

namespace Ntl.Tests.Web.Api;

public sealed class SweepApiTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_DryThenQueued_TellsItsCostAndQueuesEveryRun()
    {
        using var created = await PostAsync("/api/v1/runs", RunSpecJson.Write(TestSpecs.Tiny(steps: 5, name: "sweep base")));
        var run = (await created.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString();
        var body = $$$"""{"run":"{{{run}}}","knobs":[{"knob":"peakRate","values":[1e-3,0.01]},{"knob":"weightDecay","values":["0"]}],"seedCount":2}""";

        using var dry = await PostAsync("/api/v1/experiments/sweep", body.Replace("\"seedCount\"", "\"dryRun\":true,\"seedCount\"", StringComparison.Ordinal));
        using var answer = await PostAsync("/api/v1/experiments/sweep", body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created), (dry.StatusCode, answer.StatusCode));
        var told = await dry.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((4, 20, 0), (told.GetProperty("runs").GetInt32(), told.GetProperty("totalSteps").GetInt32(), told.GetProperty("seeds").GetArrayLength()));
        Assert.Equal(["peak 1e-3 · wd 0", "peak 1e-2 · wd 0"], told.GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!));
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((4, 2), (made.GetProperty("members").GetArrayLength(), made.GetProperty("seeds").GetArrayLength()));
        var detail = await fixture.Client.GetFromJsonAsync<JsonElement>(answer.Headers.Location!, Cancellation);
        Assert.Equal(("sweep", 4), (detail.GetProperty("kind").GetString()!, detail.GetProperty("members").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{"run":"x","knobs":[{"knob":"beta1","values":[0.9]}]}""", "run")]
    [InlineData("""{"run":"zzzzzzzzzz","knobs":[{"knob":"alchemy","values":[1]}]}""", "knobs[0].knob")]
    [InlineData("""{"run":"zzzzzzzzzz","knobs":[{"knob":"beta1","values":[0.9]}]}""", "run")]
    [InlineData("""{}""", "run")]
    public async Task Sweep_OfABadRequest_NamesTheField(string body, string field)
    {
        using var answer = await PostAsync("/api/v1/experiments/sweep", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
        Assert.True(errors.TryGetProperty(field, out _), errors.ToString());
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json) =>
        fixture.Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json"), Cancellation);
}
