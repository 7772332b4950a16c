using System.Diagnostics;
using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Engine;

/// <summary>The real trainer process: signals, exit codes, its log, its fence.</summary>
public class ProcessTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("USR1")]
    public void Process_Signalled_SavesAndWantsToGoOn(string signal)
    {
        using var fixture = new TrainingFixture(Long);
        using var process = Start(fixture, attempt: 1);
        WaitForSteps(fixture, process);

        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        process.WaitForExit();

        var end = fixture.End(1);
        Assert.Equal(TrainerExitCode.Saved, process.ExitCode);
        Assert.Equal(AttemptOutcome.Interrupted, end.Outcome);
        Assert.True(Directory.Exists(Path.Combine(fixture.Run.CheckpointsPath, string.Create(CultureInfo.InvariantCulture, $"step-{end.Step:D8}-attempt-1"))));
        Assert.Contains("Interrupted", File.ReadAllText(fixture.Run.Attempt(1).LogPath), StringComparison.Ordinal);
        Assert.Equal(LeaseState.Dead, Lease.Read(fixture.Run.Attempt(1))!.Judge(TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public void Process_Paused_SavesWithinASecond()
    {
        using var fixture = new TrainingFixture(Long);
        using var process = Start(fixture, attempt: 1);
        WaitForSteps(fixture, process);

        new Control(ControlState.Pause, "request").Write(fixture.Run);
        process.WaitForExit();

        Assert.Equal(TrainerExitCode.Saved, process.ExitCode);
        Assert.Equal(AttemptOutcome.Paused, fixture.End(1).Outcome);
    }

    [Fact]
    public void Process_Superseded_StopsAndWritesNothingMore()
    {
        using var fixture = new TrainingFixture(Long);
        using var process = Start(fixture, attempt: 1);
        WaitForSteps(fixture, process);

        Fence.Issue(2).Raise(fixture.Run);
        process.WaitForExit();

        Assert.Equal(TrainerExitCode.Superseded, process.ExitCode);
        Assert.Empty(fixture.Records(1).OfType<AttemptEnded>());
    }

    [Fact]
    public void Process_Killed_LeavesAJournalThatTheNextAttemptGoesOnFrom()
    {
        using var fixture = new TrainingFixture(spec => Long(spec) with { CheckpointIntervalSteps = 3 });
        using var process = Start(fixture, attempt: 1);
        WaitForSteps(fixture, process);
        process.Kill();
        process.WaitForExit();
        var lastStep = fixture.Points(MetricKeys.TrainLoss).Keys.Max();

        fixture.RunAttempt(pauseAt: lastStep + 5);

        var started = Assert.IsType<AttemptStarted>(fixture.Records(2)[0]);
        Assert.True(started.StartStep > 0 && started.StartStep % 3 == 0);
        Assert.Equal(Enumerable.Range(0, (int)lastStep + 5).Select(step => (long)step), fixture.Points(MetricKeys.TrainLoss).Keys);
    }

    [Fact]
    public void Process_WrongToken_IsRefusedBeforeItWrites()
    {
        using var fixture = new TrainingFixture();
        Fence.Issue(1).Raise(fixture.Run);
        using var process = Start(fixture, attempt: 1, token: "another");
        process.WaitForExit();

        Assert.Equal(TrainerExitCode.Superseded, process.ExitCode);
        Assert.Empty(fixture.Run.Attempts());
    }

    private static RunSpec Long(RunSpec spec) => spec with { Schedule = new ScheduleSpec(new ConstantRate(1_000_000, 1e-3)), CheckpointIntervalSteps = 1_000_000 };

    private static Process Start(TrainingFixture fixture, int attempt, string? token = null)
    {
        var fence = Fence.Issue(attempt);
        fence.Raise(fixture.Run);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ntl-train"))
        {
            ArgumentList = { "run", "--dir", fixture.Run.Root, "--attempt", $"{attempt}", "--token", token ?? fence.Token, "--threads", "1" },
        };
        return Process.Start(start)!;
    }

    private static void WaitForSteps(TrainingFixture fixture, Process process)
    {
        var attempt = fixture.Run.Attempt(1);
        while (!JournalReader.Read(attempt.JournalPath, 0).Entries.Any(entry => entry.Record is MetricsRecorded { Segments: var segments }
            && segments.Any(segment => segment.Key == MetricKeys.TrainLoss && segment.Points.Steps[^1] > 10)))
        {
            Assert.False(process.HasExited, $"The trainer left early: {(File.Exists(attempt.LogPath) ? File.ReadAllText(attempt.LogPath) : "without a log")}");
            Thread.Sleep(TimeSpan.FromMilliseconds(20));
        }
    }
}
