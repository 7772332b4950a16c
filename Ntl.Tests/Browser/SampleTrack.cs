using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

/// <summary>A track with two entries for pages to show: ten runs of the smallest model, trained once.</summary>
internal static class SampleTrack
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);

    private static Task<(string Track, string Entry)>? s_ids;

    public static Task<(string Track, string Entry)> IdsAsync(NtlServer server) => s_ids ??= TrainAsync(server);

    private static async Task<(string Track, string Entry)> TrainAsync(NtlServer server)
    {
        var opened = await PostAsync(server, "/api/v1/tracks", $$"""{"name":"Sample track","by":"Ada","targetLoss":5.3,"spec":{{RunSpecJson.Write(TestSpecs.Tiny(steps: 20))}}}""");
        var track = opened.GetProperty("id").GetString()!;
        var entry = "";
        foreach (var (name, schedule) in new[] { ("Hot", StandardSchedules.Constant(20, 1e-2)), ("Cold", StandardSchedules.Linear(20, 1e-4)) })
        {
            var submitted = await PostAsync(server, $"/api/v1/tracks/{track}/entries", $$"""{"name":"{{name}}","by":"Ada","schedule":{{schedule.CanonicalJson}}}""");
            entry = submitted.GetProperty("id").GetString()!;
        }

        while (true)
        {
            var board = await server.Client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/tracks/{track}", UriKind.Relative));
            if (board.GetProperty("openRuns").GetInt32() == 0)
            {
                return (track, entry);
            }

            await Task.Delay(s_pause);
        }
    }

    private static async Task<JsonElement> PostAsync(NtlServer server, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync(new Uri(path, UriKind.Relative), body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
