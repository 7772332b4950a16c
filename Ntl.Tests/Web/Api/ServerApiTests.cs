using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;

namespace Ntl.Tests.Web.Api;

public sealed class ServerApiTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_OfASpecWithProblems_NamesEachField()
    {
        var wrong = RunSpecJson.Write(TestSpecs.Tiny()).Replace("\"batchSize\":2", "\"batchSize\":0", StringComparison.Ordinal).Replace("\"headCount\":1", "\"headCount\":3", StringComparison.Ordinal);

        using var answer = await PostAsync("/api/v1/runs", wrong);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
        Assert.True(errors.TryGetProperty("batchSize", out _));
        Assert.True(errors.TryGetProperty("model.headCount", out _));
    }

    [Theory]
    [InlineData("\"sotu\"", "\"unknown\"", "dataset.name")]
    [InlineData("\"builtin:sotu\"", "\"/etc/passwd\"", "dataset")]
    [InlineData("\"device\":\"cpu\"", "\"device\":\"cuda:0\"", "device")]
    [InlineData("\"vocabularySize\":256", "\"vocabularySize\":100", "model.vocabularySize")]
    public async Task Create_OfASpecThatThisServerCannotTrain_SaysWhy(string from, string to, string field)
    {
        var spec = RunSpecJson.Write(TestSpecs.Tiny());
        Assert.Contains(from, spec, StringComparison.Ordinal);

        using var answer = await PostAsync("/api/v1/runs", spec.Replace(from, to, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
        Assert.True(errors.TryGetProperty(field, out _), errors.ToString());
    }

    [Fact]
    public async Task Create_TwiceWithOneKey_QueuesOneRun()
    {
        var spec = RunSpecJson.Write(TestSpecs.Tiny(steps: 5, name: "idempotent"));
        var key = Guid.NewGuid().ToString();

        using var first = await PostAsync("/api/v1/runs", spec, ("Idempotency-Key", key));
        using var second = await PostAsync("/api/v1/runs", spec, ("Idempotency-Key", key));
        using var other = await PostAsync("/api/v1/runs", RunSpecJson.Write(TestSpecs.Tiny(steps: 6)), ("Idempotency-Key", key));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [Fact]
    public async Task Experiment_OffARunsCheckpoint_IsQueuedListedAndCancelled()
    {
        var trunk = await CreateAsync(TestSpecs.Tiny(steps: 12, name: "api trunk") with { KeptCheckpointIntervalSteps = 12 });
        await UntilAsync($"/api/v1/runs/{trunk}", run => run.GetProperty("run").GetProperty("status").GetString() == "finished");

        var checkpoints = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{trunk}/checkpoints", Cancellation);
        var body = $$$"""{"kind":"quenchLadder","run":"{{{trunk}}}","step":12,"options":{"holdSteps":1000000}}""";
        using var dry = await PostAsync("/api/v1/experiments", body.Replace("\"options\"", "\"dryRun\":true,\"options\"", StringComparison.Ordinal));
        using var answer = await PostAsync("/api/v1/experiments", body);

        Assert.Equal([12, 10], checkpoints.EnumerateArray().Select(row => row.GetProperty("step").GetInt64()).OrderDescending());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created), (dry.StatusCode, answer.StatusCode));
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var id = made.GetProperty("id").GetString();
        Assert.Equal(4_000_000, made.GetProperty("totalSteps").GetInt64());
        var listed = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/experiments", Cancellation);
        Assert.Contains(id, listed.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetString()));
        Assert.Equal(1, listed.GetProperty("total").GetInt32()); // the dry run left nothing
        var detail = await fixture.Client.GetFromJsonAsync<JsonElement>(answer.Headers.Location!, Cancellation);
        Assert.Equal(["hold", "quench", "quench", "quench"], detail.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("role").GetString()!));
        Assert.Equal(trunk, detail.GetProperty("trunks")[0].GetProperty("id").GetString());
        var run = await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{trunk}", Cancellation);
        Assert.Equal(4, run.GetProperty("branches").GetArrayLength());

        using var cancelled = await PostAsync($"/api/v1/experiments/{id}/cancel", "");

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        await UntilAsync($"/api/v1/experiments/{id}", experiment => experiment.GetProperty("members").EnumerateArray().All(member => member.GetProperty("run").GetProperty("status").GetString() == "cancelled"));
    }

    [Theory]
    [InlineData("""{"kind":"alchemy","run":"x","step":1}""", "kind", "run")]
    [InlineData("""{"kind":"anneal","run":"zzzzzzzzzz","step":1}""", "run", null)]
    [InlineData("""{}""", "kind", "run")]
    public async Task Experiment_OfABadRequest_NamesEachField(string body, string field, string? other)
    {
        using var answer = await PostAsync("/api/v1/experiments", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
        Assert.True(errors.TryGetProperty(field, out _), errors.ToString());
        Assert.True(other is null || errors.TryGetProperty(other, out _), errors.ToString());
    }

    [Theory]
    [InlineData("GET", "/api/v1/experiments/zzzzzzzzzz", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/experiments/zzzzzzzzzz/cancel", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/runs/zzzzzzzzzz/checkpoints", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/experiments", HttpStatusCode.BadRequest)]
    public async Task Experiment_ThatIsNotThere_AnswersWithAProblem(string method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await fixture.Client.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "/api/v1/runs", "evil.example", null, null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("GET", "/", "evil.example", null, null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("GET", "/api/v1/runs", null, "http://evil.example", "cross-site", HttpStatusCode.OK)]
    [InlineData("POST", "/api/v1/runs", null, "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/runs", null, null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/runs", null, null, "same-site", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/runs", null, "null", null, HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "/api/v1/runs/0123456789", null, "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("PUT", "/api/v1/datasets", null, "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/datasets?name=x", null, "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("POST", "/hubs/runs/negotiate?negotiateVersion=1", null, "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("GET", "/hubs/runs", null, "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1", null, "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("POST", "/hubs/runs/negotiate?negotiateVersion=1", null, null, "same-origin", HttpStatusCode.OK)]
    [InlineData("POST", "/api/v1/runs", null, "self", "same-origin", HttpStatusCode.BadRequest)]
    public async Task Request_FromElsewhere_IsJudgedByHostOriginAndFetchSite(string method, string path, string? host, string? origin, string? fetchSite, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "self" ? fixture.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        if (fetchSite is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
        }

        using var answer = await fixture.Client.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Answer_OfThePage_CarriesTheSecurityHeaders()
    {
        using var answer = await fixture.Client.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("frame-ancestors 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Upload_OfText_IsListedAndBrokenTextIsExplained()
    {
        using var good = await fixture.Client.PostAsync(new Uri("/api/v1/datasets?name=greetings", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("grüß Gott ", 50)))), Cancellation);
        using var bad = await fixture.Client.PostAsync(new Uri("/api/v1/datasets?name=latin1", UriKind.Relative), new ByteArrayContent([0x67, 0x72, 0xFC, 0x21]), Cancellation);
        using var taken = await fixture.Client.PostAsync(new Uri("/api/v1/datasets?name=greetings", UriKind.Relative), new ByteArrayContent("x"u8.ToArray()), Cancellation);
        var listed = await fixture.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/datasets", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Created, good.StatusCode);
        Assert.Contains("offset 2", await bad.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("already", await taken.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(["sotu", "greetings"], listed.EnumerateArray().Select(dataset => dataset.GetProperty("name").GetString()));
        Assert.Empty(Directory.GetFiles(Path.Combine(fixture.Server.DataDirectory, "datasets"), "*.uploading"));
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("relative/path.bin")]
    [InlineData("/root/../etc/hostname")]
    public async Task AddPath_OutsideTheRoots_IsRefused(string path)
    {
        using var answer = await PostAsync("/api/v1/datasets/path", JsonSerializer.Serialize(new { name = "sneaky", path, format = "uint16" }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Ntl__DatasetRoots", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", "", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/runs?skip=x", "", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/datasets/path", "{\"name\":3}", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/api/v1/runs", "", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_ThatTheApiCannotRead_IsAnsweredWithAProblem(string method, string path, string body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json") };

        using var answer = await fixture.Client.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Action_OnNoRun_IsNotFoundAndOnAWrongStatusConflict()
    {
        using var missing = await PostAsync("/api/v1/runs/0123456789/pause", "");
        using var created = await PostAsync("/api/v1/runs", RunSpecJson.Write(TestSpecs.Tiny(steps: 5)));
        using var conflict = await PostAsync($"{created.Headers.Location}/requeue", "");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
    }

    [Fact]
    public async Task SecondServer_OnTheSameData_SaysSoAndLeaves()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => NtlServer.StartAsync(fixture.Server.DataDirectory));

        Assert.Contains("exit code 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Another Ntl server", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondServer_AfterTheLockFileWasDeleted_IsStillRefused()
    {
        File.Delete(Path.Combine(fixture.Server.DataDirectory, "server.lock"));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => NtlServer.StartAsync(fixture.Server.DataDirectory));

        Assert.Contains("exit code 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Another Ntl server", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Run_FromQueueToEnd_IsSeenLiveAndExportedWhole()
    {
        using var created = await PostAsync("/api/v1/runs", RunSpecJson.Write(TestSpecs.Tiny(steps: 60, name: "whole")));
        var id = created.Headers.Location!.ToString().Split('/')[^1];
        using var viewer = new HubViewer();
        await viewer.ConnectAsync(fixture.Address, Cancellation);
        List<HubPoint> seen = [];
        var status = "";
        await foreach (var update in viewer.WatchAsync(id, ["train/loss", "val/loss"], null, Cancellation))
        {
            seen.AddRange(update.Points);
            status = update.Status;
            if (status is "finished" or "failed")
            {
                break;
            }
        }

        var csv = (await fixture.Client.GetStringAsync(new Uri($"/api/v1/runs/{id}/metrics.csv?key=train/loss&key=val/loss", UriKind.Relative), Cancellation)).TrimEnd().Split('\n');

        Assert.Equal("finished", status);
        Assert.Equal(60, seen.Count(point => point.Key == "train/loss"));
        Assert.Equal("key,attempt,step,value,orphaned", csv[0]);
        Assert.Equal(
            seen.Select(point => FormattableString.Invariant($"{point.Key},{point.Attempt},{point.Step},{point.Value:R},0")).Order(StringComparer.Ordinal),
            csv.Skip(1).Order(StringComparer.Ordinal));
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return fixture.Client.SendAsync(request, Cancellation);
    }

    private async Task<string> CreateAsync(RunSpec spec)
    {
        using var answer = await PostAsync("/api/v1/runs", RunSpecJson.Write(spec));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    private async Task UntilAsync(string path, Func<JsonElement, bool> holds)
    {
        while (!holds(await fixture.Client.GetFromJsonAsync<JsonElement>(path, Cancellation)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
        }
    }
}
