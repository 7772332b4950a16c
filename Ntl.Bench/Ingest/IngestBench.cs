using System.CommandLine;
using System.Diagnostics;
using Ntl.Bench.Store;

namespace Ntl.Bench.Ingest;

/// <summary>
/// How fast the one writer stores what trainers wrote, how long its transactions take and how much room the points take; beside
/// the same points as narrow rows.
/// </summary>
internal static class IngestBench
{
    private const int RunsAtOnce = 8;
    private const int PointsPerStep = 5;

    // What a run that does 1,250 steps a second writes in one flush of its journal (five a second).
    private const long StepsPerFlush = 250;

    // Eight runs at this pace measure 50,000 points a second.
    private const int PacedStepsPerSecond = 1_250;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    public static Command Command()
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds of both, one after the other.", DefaultValueFactory = _ => 5 };
        Option<int> steps = new("--steps") { Description = "Steps of each of the eight runs in a round.", DefaultValueFactory = _ => 12_500 };
        Option<int> seconds = new("--paced-seconds") { Description = "Length of the steady load.", DefaultValueFactory = _ => 10 };
        return new Command("ingest", "Points per second through the one writer, its commit times, bytes a point.") { rounds, steps, seconds }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(BenchCommand.Quick)
                ? MeasureAsync(rounds: 1, steps: 500, pacedSeconds: 1, cancellationToken)
                : MeasureAsync(parsed.GetValue(rounds), parsed.GetValue(steps), parsed.GetValue(seconds), cancellationToken));
    }

    private static async Task<BenchReport> MeasureAsync(int rounds, long steps, int pacedSeconds, CancellationToken cancellationToken)
    {
        List<double> ours = [], rows = [], ratios = [], bytes = [], rowBytes = [], commits = [];
        using var commitTimes = new CommitTimes();
        for (var round = 0; round < rounds; round++)
        {
            using var work = new WorkDirectory("ingest");
            var (pointsPerSecond, bytesPerPoint) = await CatchUpAsync(work.At("data"), steps, commitTimes, commits, cancellationToken);
            var peer = NarrowRows.Store(work.At("rows.db"), RunsAtOnce, steps, StepsPerFlush);
            ours.Add(pointsPerSecond);
            bytes.Add(bytesPerPoint);
            rows.Add(peer.PointsPerSecond);
            rowBytes.Add(peer.BytesPerPoint);
            ratios.Add(pointsPerSecond / peer.PointsPerSecond);
            BenchCommand.Say($"round {round + 1}: {pointsPerSecond:0} points/s, as rows {peer.PointsPerSecond:0}");
        }

        var (paced, pacedPointsPerSecond) = await PacedAsync(pacedSeconds, commitTimes, cancellationToken);
        return Report(new Sample(ours), new Sample(rows), new Sample(ratios), new Sample(bytes), new Sample(rowBytes), new Sample(commits), paced, pacedPointsPerSecond);
    }

    // Journals as long as trainers leave them behind while no server reads them, then stored as fast as it goes.
    private static async Task<(double PointsPerSecond, double BytesPerPoint)> CatchUpAsync(
        string dataDirectory, long steps, CommitTimes commitTimes, List<double> commits, CancellationToken cancellationToken)
    {
        await using var store = await ProductStore.OpenAsync(dataDirectory, RunsAtOnce, cancellationToken);
        var runs = await store.StartRunsAsync([.. Enumerable.Range(0, RunsAtOnce).Select(i => ProductStore.Spec($"load {i}", steps, i))], 0, cancellationToken);
        try
        {
            for (long step = 0; step < steps; step += StepsPerFlush)
            {
                foreach (var run in runs)
                {
                    run.MeasureAndFlush(Math.Min(StepsPerFlush, steps - step));
                }
            }

            var before = store.FileBytes();
            commitTimes.Take();
            var start = Stopwatch.GetTimestamp();
            await store.DrainAsync(cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            commits.AddRange(commitTimes.Take());
            var points = RequireAllStored(store, runs);
            return (points / seconds, (store.FileBytes() - before) / (double)points);
        }
        finally
        {
            Dispose(runs);
        }
    }

    // Trainers that write all the time, and the server's own ingest loop behind them.
    private static async Task<(Sample Commits, double PointsPerSecond)> PacedAsync(int seconds, CommitTimes commitTimes, CancellationToken cancellationToken)
    {
        const int TicksPerSecond = 50;
        using var work = new WorkDirectory("ingest");
        await using var store = await ProductStore.OpenAsync(work.At("data"), RunsAtOnce, cancellationToken);
        var steps = (long)PacedStepsPerSecond * seconds;
        var runs = await store.StartRunsAsync([.. Enumerable.Range(0, RunsAtOnce).Select(i => ProductStore.Spec($"paced {i}", steps, i))], 0, cancellationToken);
        try
        {
            commitTimes.Take();
            var start = Stopwatch.GetTimestamp();
            await using (await store.StartIngestAsync(cancellationToken))
            {
                for (var tick = 1; tick <= seconds * TicksPerSecond; tick++)
                {
                    foreach (var run in runs)
                    {
                        run.Measure((steps * tick / (seconds * TicksPerSecond)) - run.Steps);
                    }

                    var due = TimeSpan.FromSeconds(tick / (double)TicksPerSecond) - Stopwatch.GetElapsedTime(start);
                    await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, cancellationToken);
                }

                foreach (var run in runs)
                {
                    run.MeasureAndFlush(0);
                }

                while (store.CountPoints() < runs.Sum(run => run.Points))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
                }
            }

            var pointsPerSecond = RequireAllStored(store, runs) / Stopwatch.GetElapsedTime(start).TotalSeconds;
            return (new Sample(commitTimes.Take()), pointsPerSecond);
        }
        finally
        {
            Dispose(runs);
        }
    }

    private static long RequireAllStored(ProductStore store, IReadOnlyList<LoadRun> runs)
    {
        var (written, stored) = (runs.Sum(run => run.Points), store.CountPoints());
        return written == stored ? stored : throw new BenchException(FormattableString.Invariant($"{written} points were written, {stored} are stored."));
    }

    private static void Dispose(IReadOnlyList<LoadRun> runs)
    {
        foreach (var run in runs)
        {
            run.Dispose();
        }
    }

    private static BenchReport Report(
        Sample ours, Sample rows, Sample ratios, Sample bytes, Sample rowBytes, Sample commits, Sample paced, double pacedPointsPerSecond)
    {
        var report = new BenchReport("ingest");
        report.Row("what", "median", "spread", "how");
        report.Row("points stored, catching up", $"{ours.Median:N0} /s", ours.Spread, $"{RunsAtOnce} journals, {PointsPerStep} series each, through the one writer");
        report.Row("the same points as rows", $"{rows.Median:N0} /s", rows.Spread, "(run, key, step, value) WITHOUT ROWID, 1,000 rows a transaction");
        report.Row("ratio", BenchReport.Text(ratios.Median), ratios.Spread, "of each round");
        report.Row("transaction, catching up", $"p99 {BenchReport.Text(commits.Quantile(0.99))} ms", commits.Spread, "BEGIN to the return of COMMIT, in ms");
        report.Row("transaction, steady load", $"p99 {BenchReport.Text(paced.Quantile(0.99))} ms", paced.Spread, $"{pacedPointsPerSecond:N0} points/s written meanwhile");
        report.Row("file", $"{BenchReport.Text(bytes.Median)} bytes/point", bytes.Spread, "growth of the file, pyramid and indexes included");
        report.Row("file of rows", $"{BenchReport.Text(rowBytes.Median)} bytes/point", rowBytes.Spread, string.Empty);
        report.Figure("points_per_second", ours.Median);
        report.Figure("vs_rows", ratios.Median);
        report.Figure("rows_points_per_second", rows.Median);
        report.Figure("commit_p99_ms", Math.Max(commits.Quantile(0.99), paced.Quantile(0.99)));
        report.Figure("catch_up_commit_p99_ms", commits.Quantile(0.99));
        report.Figure("steady_commit_p99_ms", paced.Quantile(0.99));
        report.Figure("steady_points_per_second", pacedPointsPerSecond);
        report.Figure("bytes_per_point", bytes.Median);
        report.Figure("rows_bytes_per_point", rowBytes.Median);
        return report;
    }
}
