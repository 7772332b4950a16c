using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ntl.Bench.Servers;
using Ntl.Domain.Runs;

namespace Ntl.Bench.Probes;

/// <summary>
/// What the probes cost, beside the same training without them: plain and observed steps by turns, of which a round takes the medians, then each
/// occasional probe once. A round's shares compare neighbours in time. What a step's probes take is their own clock's, as a run shows it.
/// </summary>
internal static class ProbesBench
{
    // What "default cadence" is taken on: a run of three phases, warm-up, hold and decay.
    private const double Steps = 2_000;
    private const double Phases = 3;
    private const double ValidationInterval = 100;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static Command Command()
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds of all probes.", DefaultValueFactory = _ => 7 };
        Option<string> model = new("--model") { Description = "A model preset.", DefaultValueFactory = _ => "micro" };
        return new Command("probes", "What probes cost, as shares of the time of a step.") { rounds, model }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(BenchCommand.Quick)
                ? MeasureAsync("nano", rounds: 1, cancellationToken)
                : MeasureAsync(parsed.GetValue(model)!, parsed.GetValue(rounds), cancellationToken));
    }

    private static async Task<BenchReport> MeasureAsync(string model, int rounds, CancellationToken cancellationToken)
    {
        var trainer = Path.Combine(AppContext.BaseDirectory, "ntl-train");
        var output = await ChildProcess.RunAsync(
            trainer,
            ["bench-probes", "--model", model, "--rounds", rounds.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["OMP_WAIT_POLICY"] = "PASSIVE" },
            cancellationToken);
        var times = JsonSerializer.Deserialize<Dictionary<string, double[]>>(output.TrimEnd().Split('\n')[^1])!;
        var plain = times["step"];
        var defaults = new ProbeSpec();
        var report = new BenchReport("probes");
        report.Row("probe", "milliseconds (median)", "spread", "how often by default", "share of the training time", "spread");
        report.Row("none: a step", Text(plain), new Sample(plain).Spread, "every step", "1", "");
        double[] everyStep = [.. Shares(times["mean"], 1).Zip(Shares(times["noise"], 1), (mean, noise) => mean + noise)];
        report.Row("noise and mean of the weights, every step", "", "", "every step", Text(everyStep), new Sample(everyStep).Spread);
        var all = new double[plain.Length];
        Add("mean of the weights, gradient along the river", times["mean"], 1);
        Add("noise", times["noise"], defaults.NoiseIntervalSteps!.Value);
        Add("cold loss", times["cold"], ValidationInterval);
        Add("curvature", times["curvature"], defaults.CurvatureIntervalSteps!.Value);
        Add("spectrum", times["spectrum"], Steps / Phases);
        Add("conduction", times["conduction"], defaults.ConductionIntervalSteps!.Value);
        Add("force along the river, at a window's end", times["river"], defaults.RiverWindowSteps!.Value);
        report.Row(
            "all, at the default cadence", "", "",
            string.Create(CultureInfo.InvariantCulture, $"a run of {Steps} steps in {Phases} phases, validated every {ValidationInterval}"), Text(all), new Sample(all).Spread);
        report.Figure("every_step_overhead", new Sample(everyStep).Median);
        report.Figure("all_overhead", new Sample(all).Median);
        return report;

        double[] Shares(double[] milliseconds, double interval) => [.. milliseconds.Zip(plain, (taken, step) => taken / interval / step)];

        void Add(string title, double[] milliseconds, double interval)
        {
            var shares = Shares(milliseconds, interval);
            report.Row(
                title, Text(milliseconds), new Sample(milliseconds).Spread, string.Create(CultureInfo.InvariantCulture, $"every {interval:0} steps"), Text(shares), new Sample(shares).Spread);
            all = [.. all.Zip(shares, (sum, share) => sum + share)];
        }
    }

    private static string Text(IEnumerable<double> values) => BenchReport.Text(new Sample(values).Median);
}
