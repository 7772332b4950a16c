using System.Diagnostics;
using Ntl.Domain.Experiments;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Tests.Domain.Thermodynamics.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Reports;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Reports;

public sealed class StoredRunTests
{
    [Fact]
    public void Read_LaterAttempt_TakesThePlaceOfTheOrphanedTail()
    {
        using var directory = new TemporaryDirectory();
        var run = LayOut(directory["run"], TestSpecs.Tiny());
        Write(run, 1, 0, [new(MetricKeys.TrainLoss, MetricSeries.Of(new(0, 5), new(1, 4), new(2, 3))), new(MetricKeys.ValidationLoss, MetricSeries.Of(new(0, 6), new(2, 5)))]);
        Write(run, 2, 2, [new(MetricKeys.TrainLoss, MetricSeries.Of(new(2, 3.5), new(3, 2)))]);

        var (record, problem) = StoredRun.Read(run);

        Assert.Null(problem);
        Assert.Equal([0L, 1, 2, 3], record![MetricKeys.TrainLoss].Steps.ToArray());
        Assert.Equal([5, 4, 3.5, 2], record[MetricKeys.TrainLoss].Values.ToArray());
        Assert.Equal([0L], record[MetricKeys.ValidationLoss].Steps.ToArray());
        Assert.Equal(TestSpecs.Tiny(), record.Spec);
    }

    [Fact]
    public void Read_NoAttemptOrNoSpec_IsEmptyOrSaidSo()
    {
        using var directory = new TemporaryDirectory();

        Assert.Empty(StoredRun.Read(LayOut(directory["run"], TestSpecs.Tiny())).Record!.Series);
        Assert.Contains("no spec", StoredRun.Read(new(directory["none"])).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_StoredLadder_IsMarkdownWithItsPlots()
    {
        using var directory = new TemporaryDirectory();
        var members = SyntheticRun.Experiment(ExperimentKind.QuenchLadder);
        foreach (var member in members)
        {
            Write(LayOut(Path.Combine(directory["runs"], member.Id.Value), member.Spec), 1, member.Spec.FirstStep, [.. member.Series.Select(pair => new MetricSegment(pair.Key, pair.Value))]);
        }

        var (code, output) = await RunAsync("report", "--data", directory.Root, "--out", directory["out"], "--experiment", members[0].Spec.Experiment!.Id);

        Assert.Equal((0, true), (code, output.Contains("1 experiments", StringComparison.Ordinal)));
        var text = await File.ReadAllTextAsync(Path.Combine(directory["out"], "report.md"), TestContext.Current.CancellationToken);
        var report = ExperimentReport.Of(ExperimentKind.QuenchLadder, members);
        Assert.All(report.Sentences, sentence => Assert.Contains(sentence, text, StringComparison.Ordinal));
        Assert.All(report.Claims, claim => Assert.Contains(claim.Text, text, StringComparison.Ordinal));
        Assert.Equal(report.Plots.Length, Directory.GetFiles(directory["out"], "e2-quench-*.svg").Length);
        Assert.NotEqual(0, (await RunAsync("report", "--data", directory.Root, "--out", directory["out"], "--experiment", "zzzzzzzzzz")).Code);
    }

    private static RunDirectory LayOut(string path, RunSpec spec)
    {
        var run = new RunDirectory(path);
        run.Create();
        File.WriteAllText(run.SpecPath, RunSpecJson.Write(spec));
        return run;
    }

    private static void Write(RunDirectory run, int attempt, long startStep, IReadOnlyList<MetricSegment> segments)
    {
        var fence = Fence.Issue(attempt);
        fence.Raise(run);
        using var journal = new JournalWriter(run.CreateAttempt(attempt), new FenceGuard(run, fence), new ManualTime());
        journal.Append(new AttemptStarted(run.Id, attempt, fence.Token, startStep, 0, DateTimeOffset.UnixEpoch, new Dictionary<string, string>(StringComparer.Ordinal)));
        foreach (var segment in segments)
        {
            for (var i = 0; i < segment.Points.Count; i++)
            {
                journal.AppendMetric(segment.Key, segment.Points[i].Step, segment.Points[i].Value);
            }
        }

        journal.Flush();
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var trainer = typeof(StoredRun).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [trainer, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
