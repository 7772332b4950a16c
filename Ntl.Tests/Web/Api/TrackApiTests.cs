using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Web.Api;

public sealed class TrackApiTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private static readonly ScheduleSpec s_schedule = StandardSchedules.Cosine(20, 1e-2, 0, 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Track_OpenedAndSubmittedTo_TrainsItsSeedsAndGivesItsEvidence()
    {
        var track = await OpenAsync();
        using var submitted = await PostAsync($"/api/v1/tracks/{track}/entries", $$"""{"by":"Ada","schedule":{{s_schedule.CanonicalJson}}}""");
        Assert.Equal(HttpStatusCode.Created, submitted.StatusCode);
        var entry = (await submitted.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
        using var again = await PostAsync($"/api/v1/tracks/{track}/entries", $$"""{"by":"Bob","schedule":{{s_schedule.CanonicalJson}}}""");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        var early = await fixture.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/entries/{entry}", UriKind.Relative), Cancellation);
        Assert.All(early.GetProperty("runs").EnumerateArray(), run => Assert.Equal(JsonValueKind.Null, run.GetProperty("heldOutLoss").ValueKind));
        var board = await UntilTrainedAsync(track);

        var row = board.GetProperty("entries")[0].GetProperty("row");
        Assert.Equal(("ranked", 1, 5), (row.GetProperty("state").GetString(), row.GetProperty("rank").GetInt32(), row.GetProperty("seeds").GetInt32()));
        Assert.InRange(row.GetProperty("mean").GetDouble(), 3, 5.6);
        await using var stream = await fixture.Client.GetStreamAsync(new Uri($"/api/v1/entries/{entry}/evidence.zip", UriKind.Relative), Cancellation);
        using var zip = new ZipArchive(new MemoryStream(await BytesAsync(stream)));
        Assert.Equal(5, zip.Entries.Count(file => file.FullName.EndsWith("/metrics.csv", StringComparison.Ordinal)));
        Assert.Equal(s_schedule.CanonicalJson, Text(zip, "schedule.json"));
        foreach (var line in Text(zip, "SHA256SUMS").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (hash, name) = (line[..64], line[66..]);
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(zip, name)))));
        }

        // Each run's spec in the zip is what the trainer would be given: it can be trained again as it is.
        var spec = RunSpecJson.Read(Text(zip, zip.Entries.First(file => file.FullName.EndsWith("/spec.json", StringComparison.Ordinal)).FullName)).Spec!;
        Assert.Equal((s_schedule, entry), (spec.Schedule, spec.Entry!.Entry));
        var history = JsonSerializer.Deserialize<JsonElement>(Text(zip, zip.Entries.First(file => file.FullName.EndsWith("/history.json", StringComparison.Ordinal)).FullName));
        Assert.Equal(2, history.GetProperty("evaluations").GetArrayLength());
        Assert.NotEqual("", history.GetProperty("attempts")[0].GetProperty("environment").GetProperty("libtorch").GetString());
    }

    [Theory]
    [InlineData("""{"by":"Ada","seed":7}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"Ada","seeds":[1,2,3]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"Ada","validationBatches":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"Ada","model":{"layerCount":9}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"by":"Ada"}""", HttpStatusCode.BadRequest)]
    public async Task Attack_SubmissionThatSaysMoreThanASchedule_IsRefused(string body, HttpStatusCode expected)
    {
        var track = await OpenAsync();

        using var answer = await PostAsync($"/api/v1/tracks/{track}/entries", body);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Attack_RunPostedAsAnEntrys_IsRefused()
    {
        var forged = TestSpecs.Tiny() with { Entry = new() { Track = RunId.New().Value, Entry = RunId.New().Value, Batch = 1 } };

        using var answer = await PostAsync("/api/v1/runs", RunSpecJson.Write(forged));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("drawn by the server", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/tracks/{0}")]
    [InlineData("PUT", "/api/v1/tracks/{0}")]
    [InlineData("PATCH", "/api/v1/tracks/{0}")]
    [InlineData("DELETE", "/api/v1/entries/0000000000")]
    public async Task Attack_ChangingATrack_HasNoVerb(string verb, string path)
    {
        var track = await OpenAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, track), UriKind.Relative));

        using var answer = await fixture.Client.SendAsync(request, Cancellation);

        Assert.True(answer.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, answer.StatusCode.ToString());
        Assert.Equal(HttpStatusCode.OK, (await fixture.Client.GetAsync(new Uri($"/api/v1/tracks/{track}", UriKind.Relative), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Unknown_IsToldWithItsReason()
    {
        using var missing = await fixture.Client.GetAsync(new Uri("/api/v1/tracks/0000000000", UriKind.Relative), Cancellation);
        using var rules = await fixture.Client.GetAsync(new Uri($"/api/v1/tracks/{await OpenAsync()}?rules=99", UriKind.Relative), Cancellation);
        using var slice = await PostAsync("/api/v1/tracks", $$"""{"name":"t","by":"Ada","heldOutBatches":0,"spec":{{RunSpecJson.Write(TestSpecs.Tiny())}}}""");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("There are no rules", await rules.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("heldOutBatches", await slice.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task<string> OpenAsync()
    {
        using var opened = await PostAsync("/api/v1/tracks", $$"""{"name":"api","by":"Ada","spec":{{RunSpecJson.Write(TestSpecs.Tiny(steps: 20))}}}""");
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        return (await opened.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> UntilTrainedAsync(string track)
    {
        while (true)
        {
            var board = await fixture.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/tracks/{track}", UriKind.Relative), Cancellation);
            if (board.GetProperty("openRuns").GetInt32() == 0)
            {
                return board;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), Cancellation);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return await fixture.Client.PostAsync(new Uri(path, UriKind.Relative), body, Cancellation);
    }

    private static async Task<byte[]> BytesAsync(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, Cancellation);
        return memory.ToArray();
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
