using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ntl.Bench.Servers;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Bench.Lab;

/// <summary>
/// Replica-steps per second of an ensemble under gradient descent, beside the same loop in eager PyTorch and in scalar C. Rounds of all, one after
/// the other: a ratio compares neighbours in time. Every contestant must find the thermal loss that theory gives, or there is no comparison.
/// </summary>
internal static class LabBench
{
    private const string Python = "/usr/bin/python3"; // Debian's, which has torch
    private const int Replicas = 16_384;
    private const double Rate = 0.02;
    private const double LargestError = 0.03;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly Dictionary<string, string?> s_noVariables = new(StringComparer.Ordinal);

    public static Command Command()
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds of all contestants.", DefaultValueFactory = _ => 7 };
        Option<int> steps = new("--steps") { Description = "Steps of a round.", DefaultValueFactory = _ => 2000 };
        return new Command("lab", "Ensembles beside eager PyTorch and scalar C: replica-steps per second.") { rounds, steps }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(BenchCommand.Quick)
                ? Task.FromResult(MeasureQuickly(cancellationToken))
                : MeasureAsync(parsed.GetValue(rounds), parsed.GetValue(steps), cancellationToken));
    }

    private static async Task<BenchReport> MeasureAsync(int rounds, int steps, CancellationToken cancellationToken)
    {
        using var work = new WorkDirectory("lab");
        var program = work.At("lab_peer");
        await ChildProcess.RunAsync("gcc", ["-O3", "-march=native", "-o", program, Path.Combine(AppContext.BaseDirectory, "lab_peer.c"), "-lm"], s_noVariables, cancellationToken);
        var cores = Environment.ProcessorCount;
        Ours(1, steps / 4, cancellationToken); // compiled before it is timed
        List<double> one = [], two = [], all = [], torch = [], c = [];
        for (var round = 0; round < rounds; round++)
        {
            one.Add(Ours(1, steps, cancellationToken));
            c.Add(await PeerAsync(program, [Text(Replicas), Text(steps)], cancellationToken));
            two.Add(Ours(2, 2 * steps, cancellationToken));
            torch.Add(await PeerAsync(Python, [Path.Combine(AppContext.BaseDirectory, "lab_peer.py"), Text(Replicas), Text(steps), "0"], cancellationToken));
            all.Add(cores == 2 ? two[^1] : Ours(cores, cores * steps, cancellationToken));
            BenchCommand.Say($"round {round + 1}: Ntl {one[^1] / 1e6:0} on one thread, {two[^1] / 1e6:0} on two; C {c[^1] / 1e6:0}; PyTorch {torch[^1] / 1e6:0} million/s");
        }

        var report = new BenchReport("lab");
        report.Row("contestant", "million replica-steps/s (median)", "spread", "Ntl ÷ it", "spread of ratio");
        Row(report, "Ntl, one thread, double with single-precision noise", one, null);
        Row(report, "Ntl, two threads", two, null);
        Row(report, "C, scalar, gcc -O3 -march=native, single precision, one thread", c, one);
        Row(report, $"PyTorch, eager, single precision, its own threads (Ntl: {Text(cores)})", torch, all);
        var scaling = Ratios(two, one);
        report.Row("Ntl, two threads ÷ one", "", "", BenchReport.Text(scaling.Median), scaling.Spread);
        report.Figure("vs_pytorch", Ratios(all, torch).Median);
        report.Figure("vs_c_per_core", Ratios(one, c).Median);
        report.Figure("scaling_2_cores", scaling.Median);
        report.Figure("replica_steps_per_second_per_core", new Sample(one).Median);
        return report;
    }

    // Ntl alone: the peers need a compiler and PyTorch.
    private static BenchReport MeasureQuickly(CancellationToken cancellationToken)
    {
        const int Steps = 1000;
        List<double> one = [Ours(1, Steps, cancellationToken)], two = [Ours(2, Steps, cancellationToken)];
        var report = new BenchReport("lab");
        report.Row("contestant", "million replica-steps/s (median)", "spread", "Ntl ÷ it", "spread of ratio");
        Row(report, "Ntl, one thread, double with single-precision noise", one, null);
        Row(report, "Ntl, two threads", two, null);
        report.Figure("scaling_2_cores", Ratios(two, one).Median);
        report.Figure("replica_steps_per_second_per_core", new Sample(one).Median);
        report.LeaveOut("vs_pytorch", "vs_c_per_core");
        return report;
    }

    private static double Ours(int threads, int steps, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var result = Ensemble.Run(
            new()
            {
                Landscape = RiverValley.WithoutRiver(new ValleyMode(1, 1)),
                Schedule = StandardSchedules.Constant(steps, Rate),
                Replicas = Replicas,
                MeasureFrom = steps / 2,
            },
            threads, cancellationToken: cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Check("Ntl", result.Measures[0].Mean);
        return (double)Replicas * steps / seconds;
    }

    private static async Task<double> PeerAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var output = await ChildProcess.RunAsync(program, arguments, s_noVariables, cancellationToken);
        using var result = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        Check(program, result.RootElement.GetProperty("loss").GetDouble());
        return result.RootElement.GetProperty("replica_steps_per_second").GetDouble();
    }

    private static void Check(string contestant, double loss)
    {
        var exact = UpdateRule.Sgd.StationaryLoss(Rate, new(1, 1));
        if (!(Math.Abs((loss / exact) - 1) < LargestError))
        {
            throw new BenchException(FormattableString.Invariant($"{contestant} found a thermal loss of {loss:G4} where theory has {exact:G4}: it did something else."));
        }
    }

    private static void Row(BenchReport report, string name, List<double> speeds, List<double>? ours)
    {
        var speed = new Sample(speeds.Select(value => value / 1e6));
        var ratios = ours is null ? null : Ratios(ours, speeds);
        report.Row(name, BenchReport.Text(speed.Median), speed.Spread, ratios is null ? "" : BenchReport.Text(ratios.Median), ratios?.Spread ?? "");
    }

    private static Sample Ratios(List<double> mine, List<double> its) => new(mine.Zip(its, (own, other) => own / other));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
