using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

/// <summary>A schedule with two versions and a fork, saved once a server.</summary>
internal static class SampleSchedule
{
    private const string Key = "sample-schedule";

    private static readonly ScheduleSpec s_first = StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.Linear, 200, 0, 100);
    private static readonly ScheduleSpec s_second = StandardSchedules.WarmupStableDecay(1200, 3e-3, DecayShape.OneMinusSquareRoot, 300, 0, 100);

    public static async Task<string> IdAsync(NtlServer server)
    {
        var id = await SaveAsync(server, "/api/v1/schedules", new JsonObject { ["name"] = "Sample WSD", ["owner"] = "Ada", ["tags"] = new JsonArray("wsd"), ["schedule"] = JsonNode.Parse(s_first.CanonicalJson) }, Key);
        await SaveAsync(server, $"/api/v1/schedules/{id}/versions", new JsonObject { ["expectedVersion"] = 1, ["author"] = "Ben", ["note"] = "Longer hold, 1−√ decay.", ["schedule"] = JsonNode.Parse(s_second.CanonicalJson) }, $"{Key}-2");
        await SaveAsync(server, $"/api/v1/schedules/{id}/fork", new JsonObject { ["version"] = 1, ["name"] = "Sample fork", ["owner"] = "Cleo" }, $"{Key}-fork");
        return id;
    }

    private static async Task<string> SaveAsync(NtlServer server, string path, JsonObject body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
    }
}
