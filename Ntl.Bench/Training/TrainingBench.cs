using System.CommandLine;
using Ntl.Domain.Runs;
using Ntl.Training.Data;

namespace Ntl.Bench.Training;

/// <summary>
/// Training speed beside eager PyTorch on the same libtorch. Each contestant first finds its best thread setting; then rounds of
/// all, one after the other, each in a process of its own. A round's ratio compares neighbours in time, so that what else the machine
/// does falls on both.
/// </summary>
internal static class TrainingBench
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static Command Command()
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds of all contestants.", DefaultValueFactory = _ => 7 };
        Option<DirectoryInfo?> llmc = new("--llmc") { Description = "A folder with llm.c's built train_gpt2: adds llm.c's CPU trainer." };
        Option<bool> curves = new("--curves") { Description = "Only the comparison of loss curves." };
        return new Command("training", "Training speed beside eager PyTorch on the same libtorch.") { rounds, llmc, curves }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(curves)
                ? CurvesAsync(cancellationToken)
                : parsed.GetValue(BenchCommand.Quick)
                    ? MeasureQuicklyAsync(cancellationToken)
                    : MeasureAsync(parsed.GetValue(rounds), parsed.GetValue(llmc), cancellationToken));
    }

    private static async Task<BenchReport> MeasureAsync(int rounds, DirectoryInfo? llmc, CancellationToken cancellationToken)
    {
        var corpus = BuiltInCorpus.Resolve(BuiltInCorpus.StateOfTheUnion.Path);
        var (ours, peer, helped) = (Contestant.Ntl(), Contestant.PyTorch(corpus), Contestant.PyTorchWithJemalloc(corpus));
        var report = new BenchReport("training");
        report.Row("workload", "contestant", "tokens/s (median)", "spread", "threads", "ratio Ntl ÷ it", "spread of ratio");
        if (!Processor.HasBFloat16)
        {
            report.Row("bfloat16", "left out", "", "", "", "", "this processor has none; libtorch would emulate it");
        }

        ThreadSetting? microThreads = null;
        foreach (var workload in Workload.All)
        {
            var mySetting = await CalibrateAsync(ours, workload, cancellationToken);
            var itsSetting = await CalibrateAsync(peer, workload, cancellationToken);
            microThreads = string.Equals(workload.Model.Id, "micro", StringComparison.Ordinal) ? itsSetting : microThreads;
            List<double> mine = [], its = [], helpedIts = [];
            for (var round = 0; round < rounds; round++)
            {
                mine.Add(await ours.MeasureAsync(workload, mySetting, workload.Steps, cancellationToken));
                its.Add(await peer.MeasureAsync(workload, itsSetting, workload.Steps, cancellationToken));
                if (helped is not null)
                {
                    helpedIts.Add(await helped.MeasureAsync(workload, itsSetting, workload.Steps, cancellationToken));
                }

                BenchCommand.Say($"{workload.Key} round {round + 1}: Ntl {mine[^1]:0}, PyTorch {its[^1]:0} tokens/s");
            }

            report.Row(workload.Title, ours.Name, Tokens(mine), new Sample(mine).Spread, mySetting.ToString(), "", "");
            Compare(report, workload, peer, "_vs_pytorch", mine, its, itsSetting);
            report.Figure($"{workload.Key}_tokens_per_second", new Sample(mine).Median);
            report.Figure($"{workload.Key}_pytorch_tokens_per_second", new Sample(its).Median);
            if (helped is not null)
            {
                Compare(report, workload, helped, "_vs_pytorch_jemalloc", mine, helpedIts, itsSetting);
            }
        }

        await CompareCurvesAsync(report, ours, peer, microThreads!, corpus, cancellationToken);
        if (llmc is not null)
        {
            await LlmC.AddAsync(report, llmc, ours, rounds, cancellationToken);
        }

        return report;
    }

    // Ntl alone, a step or two of the small model: the peer needs PyTorch.
    private static async Task<BenchReport> MeasureQuicklyAsync(CancellationToken cancellationToken)
    {
        var (workload, setting, ours) = (Workload.Micro, new ThreadSetting(Environment.ProcessorCount, "PASSIVE"), Contestant.Ntl());
        List<double> speeds = [await ours.MeasureAsync(workload, setting, steps: 2, cancellationToken)];
        var report = new BenchReport("training");
        report.Row("workload", "contestant", "tokens/s (median)", "spread", "threads");
        report.Row(workload.Title, ours.Name, Tokens(speeds), new Sample(speeds).Spread, setting.ToString());
        report.Figure($"{workload.Key}_tokens_per_second", new Sample(speeds).Median);
        report.LeaveOut(
        [
            .. Workload.All.Where(other => other != workload).Select(other => $"{other.Key}_tokens_per_second"),
            .. Workload.All.SelectMany(other => new[] { $"{other.Key}_pytorch_tokens_per_second", $"{other.Key}_vs_pytorch", $"{other.Key}_vs_pytorch_jemalloc" }),
            "curve_max_difference", "curve_noise",
        ]);
        return report;
    }

    private static async Task<BenchReport> CurvesAsync(CancellationToken cancellationToken)
    {
        var corpus = BuiltInCorpus.Resolve(BuiltInCorpus.StateOfTheUnion.Path);
        var report = new BenchReport("training");
        await CompareCurvesAsync(report, Contestant.Ntl(), Contestant.PyTorch(corpus), new ThreadSetting(Environment.ProcessorCount, "PASSIVE"), corpus, cancellationToken);
        return report;
    }

    private static async Task<ThreadSetting> CalibrateAsync(Contestant contestant, Workload workload, CancellationToken cancellationToken)
    {
        var candidates = ThreadSetting.All;
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        var (best, fastest) = (candidates[0], 0.0);
        foreach (var candidate in candidates)
        {
            var speed = await contestant.MeasureAsync(workload, candidate, workload.CalibrationSteps, cancellationToken);
            BenchCommand.Say($"{workload.Key}, {contestant.Name}, {candidate}: {speed:0} tokens/s");
            (best, fastest) = speed > fastest ? (candidate, speed) : (best, fastest);
        }

        return best;
    }

    private static void Compare(
        BenchReport report, Workload workload, Contestant peer, string suffix, List<double> mine, List<double> its, ThreadSetting setting)
    {
        var ratios = new Sample(mine.Zip(its, (own, other) => own / other));
        report.Row(workload.Title, peer.Name, Tokens(its), new Sample(its).Spread, setting.ToString(), BenchReport.Text(ratios.Median), ratios.Spread);
        report.Figure(workload.Key + suffix, ratios.Median);
    }

    private static async Task CompareCurvesAsync(
        BenchReport report, Contestant ours, Contestant peer, ThreadSetting threads, string corpus, CancellationToken cancellationToken)
    {
        var workload = Workload.Micro;
        var curves = await LossCurves.TrainAsync(ours, peer, workload, threads, corpus, cancellationToken);
        report.Row(
            workload.Title, "loss curves", $"largest difference of 20-step means {BenchReport.Text(curves.LargestDifference)} nats/token",
            $"noise of such a mean {BenchReport.Text(curves.Noise)}", "same weights, same batches", "", "");
        report.Figure("curve_max_difference", curves.LargestDifference);
        report.Figure("curve_noise", curves.Noise);
    }

    private static string Tokens(List<double> speeds) => FormattableString.Invariant($"{new Sample(speeds).Median:0}");
}
