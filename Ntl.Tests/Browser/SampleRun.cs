using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

/// <summary>A finished run for pages to show: one of the smallest model, trained once.</summary>
internal static class SampleRun
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);
    private static readonly RunSpec s_spec = TestSpecs.Tiny(name: "Sample") with
    {
        GradientAccumulationSteps = 2,
        ValidationIntervalSteps = 5,
        Probes = new() { NoiseIntervalSteps = 2, ColdHorizonSteps = 5, CurvatureIntervalSteps = 20, ConductionIntervalSteps = 20, RiverWindowSteps = 10 },
    };

    private static Task<string>? s_id;

    public static Task<string> IdAsync(NtlServer server) => s_id ??= TrainAsync(server);

    private static async Task<string> TrainAsync(NtlServer server)
    {
        using var body = new StringContent(RunSpecJson.Write(s_spec), Encoding.UTF8, "application/json");
        var response = await server.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").ToString();
        while (true)
        {
            var run = await server.Client.GetStringAsync(new Uri($"/api/v1/runs/{id}", UriKind.Relative));
            if (run.Contains("\"finished\"", StringComparison.OrdinalIgnoreCase))
            {
                return id;
            }

            await Task.Delay(s_pause);
        }
    }
}
