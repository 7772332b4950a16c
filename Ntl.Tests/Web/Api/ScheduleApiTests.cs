using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Web.Api;

public sealed class ScheduleApiTests(NtlServerFixture server) : IClassFixture<NtlServerFixture>
{
    private static readonly ScheduleSpec s_first = StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.Linear, 200, 0, 100);
    private static readonly ScheduleSpec s_second = StandardSchedules.Cosine(1000, 3e-3, 3e-4, 100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schedule_OverItsWholeLife_IsToldAsItIs()
    {
        var id = await CreateAsync("life");

        var (status, version) = await PostAsync($"/api/v1/schedules/{id}/versions", Version(1, s_second));
        Assert.Equal((HttpStatusCode.Created, 2), (status, version.GetProperty("currentVersion").GetInt32()));
        var (lost, problem) = await PostAsync($"/api/v1/schedules/{id}/versions", Version(1, s_first.Then(new ConstantRate(5, 1e-4))));
        Assert.Equal(HttpStatusCode.Conflict, lost);
        Assert.Equal(2, problem.GetProperty("current").GetProperty("currentVersion").GetInt32());
        Assert.Contains(problem.GetProperty("missed").EnumerateArray(), sentence => sentence.GetString()!.Contains("cosine decay", StringComparison.Ordinal));

        var first = await GetAsync($"/api/v1/schedules/{id}?version=1");
        Assert.Equal(s_first.CanonicalJson, first.GetProperty("schedule").GetRawText());
        var diff = await GetAsync($"/api/v1/schedules/{id}/diff?from=1&to=2");
        Assert.Equal("removed", diff.GetProperty("phases")[1].GetProperty("kind").GetString());
        Assert.False(diff.GetProperty("haveEqualRates").GetBoolean());

        var (forked, fork) = await PostAsync($"/api/v1/schedules/{id}/fork", new JsonObject { ["version"] = 1, ["name"] = "fork of a life", ["owner"] = "Ben" });
        Assert.Equal((HttpStatusCode.Created, $"{id}:1"), (forked, fork.GetProperty("forkOf").GetString()));
        var lineage = await GetAsync($"/api/v1/schedules/{fork.GetProperty("id").GetString()}/lineage");
        Assert.Equal(2, lineage.GetProperty("nodes").GetArrayLength());

        using var described = await server.Client.PutAsJsonAsync($"/api/v1/schedules/{id}/label", new { expectedRevision = 0, name = "renamed life", owner = "Ada", tags = new[] { "Api" } }, Token);
        Assert.Equal(HttpStatusCode.OK, described.StatusCode);
        var found = await GetAsync("/api/v1/schedules?text=renamed&tag=api&owner=Ada");
        Assert.Equal(1, found.GetProperty("total").GetInt32());

        var (archived, _) = await PostAsync($"/api/v1/schedules/{id}/archive", []);
        Assert.Equal(HttpStatusCode.OK, archived);
        Assert.Equal(0, (await GetAsync("/api/v1/schedules?text=renamed")).GetProperty("total").GetInt32());
        Assert.Equal(1, (await GetAsync("/api/v1/schedules?text=renamed&archived=true")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Create_WithTheSameKey_SavesOnce()
    {
        var key = Guid.NewGuid().ToString("N");

        var first = await CreateAsync("once", key);
        var again = await CreateAsync("once", key);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Known_TellsWhereAHashIs()
    {
        var schedule = StandardSchedules.Constant(77, 0.0077);
        var before = await GetAsync($"/api/v1/schedules/known/{schedule.Hash}");
        var (_, saved) = await PostAsync("/api/v1/schedules", Body("known", schedule));
        var after = await GetAsync($"/api/v1/schedules/known/{schedule.Hash.Value.ToUpperInvariant()}");

        Assert.False(before.GetProperty("isKnown").GetBoolean());
        Assert.True(after.GetProperty("isKnown").GetBoolean());
        Assert.Equal(saved.GetProperty("id").GetString(), after.GetProperty("schedules")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"owner":"Ada","schedule":{"version":1,"phases":[{"kind":"constantRate","steps":5,"rate":0.1}]}}""", "name")]
    [InlineData("""{"name":"x","owner":"Ada"}""", "schedule")]
    [InlineData("""{"name":"x","owner":"Ada","schedule":{"version":1,"phases":[{"kind":"constantRate","steps":0,"rate":0.1}]}}""", "schedule.phases[0].steps")]
    [InlineData("""{"name":"x","owner":"Ada","forkOf":"nonsense"}""", "forkOf")]
    [InlineData("""{"name":"x","owner":"Ada","forkOf":"0000000000:1"}""", "forkOf")]
    public async Task Create_WithAMistake_AnswersByField(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync(new Uri("/api/v1/schedules", UriKind.Relative), content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("/api/v1/schedules/0000000000")]
    [InlineData("/api/v1/schedules/0000000000/lineage")]
    [InlineData("/api/v1/schedules/0000000000/diff")]
    [InlineData("/api/v1/schedules/0000000000/runs")]
    public async Task Get_OfNone_IsNotFound(string path)
    {
        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private static JsonObject Body(string name, ScheduleSpec schedule) =>
        new() { ["name"] = name, ["owner"] = "Ada", ["schedule"] = JsonNode.Parse(schedule.CanonicalJson) };

    private static JsonObject Version(int expected, ScheduleSpec schedule) =>
        new() { ["expectedVersion"] = expected, ["author"] = "Ada", ["schedule"] = JsonNode.Parse(schedule.CanonicalJson) };

    private async Task<string> CreateAsync(string name, string? key = null)
    {
        var (status, body) = await PostAsync("/api/v1/schedules", Body(name, s_first), key);
        Assert.Equal(HttpStatusCode.Created, status);
        return body.GetProperty("id").GetString()!;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, JsonObject body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await server.Client.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    private Task<JsonElement> GetAsync(string path) => server.Client.GetFromJsonAsync<JsonElement>(path, Token);
}
