using System.Diagnostics;
using System.Text.Json;
using Ntl.Tests.Support;

namespace Ntl.Tests.Bench;

/// <summary>
/// Every benchmark's quick form, one after the other: the whole way, on little work. Nothing is timed; a benchmark that has fallen behind the
/// product fails here. A new one joins by being a command of ntl-bench.
/// </summary>
[Trait("Category", "Bench")]
public class QuickBenchTests
{
    private static readonly Dictionary<string, string[]> s_asked = new(StringComparer.Ordinal)
    {
        ["training"] = ["curve_max_difference", "curve_noise"],
        ["ingest"] = ["points_per_second", "vs_rows", "commit_p99_ms", "bytes_per_point"],
        ["live"] = ["p95_ms", "median_ms", "viewers", "bytes_per_second_per_viewer", "server_cores"],
        ["page"] = ["first_chart_ms", "all_charts_ms", "zoom_p95_ms", "zoom_all_p95_ms", "runs_list_ms", "runs_list_request_ms"],
        ["compare"] = ["draw_ms", "draw_peer_ms", "regroup_ms", "leaderboard_ms", "leaderboard_page_ms", "p95_ms"],
        ["lab"] = ["vs_pytorch", "vs_c_per_core", "scaling_2_cores", "replica_steps_per_second_per_core"],
        ["probes"] = ["every_step_overhead", "all_overhead"],
    };

    [Fact]
    public async Task EveryBenchmark_InItsQuickForm_EndsWithItsFigures()
    {
        var benches = (await RunAsync("list")).Told.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        List<string> faults = [.. s_asked.Keys.Except(benches).Select(name => $"{name}: no longer a command")];
        foreach (var bench in benches)
        {
            var (status, told, words) = await RunAsync(bench, "--quick");
            faults.AddRange(status == 0 ? Faults(bench, told) : [$"{bench}: ended with {status}: {words}"]);
        }

        Assert.Empty(faults);
    }

    // What is wrong with a report; its last line is JSON with finite figures, of which the asked ones are there or named as left out.
    private static IEnumerable<string> Faults(string bench, string told)
    {
        var line = told.TrimEnd().Split('\n')[^1];
        JsonElement report;
        try
        {
            report = JsonSerializer.Deserialize<JsonElement>(line);
        }
        catch (JsonException)
        {
            return [$"{bench}: '{line}' is no JSON"];
        }

        if (report.ValueKind != JsonValueKind.Object || !report.TryGetProperty("figures", out var figures) || !report.TryGetProperty("left_out", out var leftOut))
        {
            return [$"{bench}: '{line}' has no figures"];
        }

        var measured = figures.EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value, StringComparer.Ordinal);
        var known = measured.Keys.Concat(leftOut.EnumerateArray().Select(key => key.GetString()!)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. measured.Count > 0 ? Array.Empty<string>() : [$"{bench}: no figure"],
            .. measured.Where(figure => figure.Value.ValueKind != JsonValueKind.Number || !double.IsFinite(figure.Value.GetDouble())).Select(figure => $"{bench}: {figure.Key} is {figure.Value}"),
            .. s_asked.GetValueOrDefault(bench, []).Where(key => !known.Contains(key)).Select(key => $"{bench}: {key} is missing"),
        ];
    }

    private static async Task<(int Status, string Told, string Words)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(NtlServer.RepositoryRoot, "artifacts", "bin", "Ntl.Bench", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "ntl-bench.dll");
        Assert.True(File.Exists(program), "ntl-bench is not built: build Ntl.Web.sln.");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var words = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var told = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, told, await words);
    }
}
