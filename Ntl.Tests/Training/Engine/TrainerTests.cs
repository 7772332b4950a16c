using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Training.Checkpoints;
using Ntl.Training.Data;
using Ntl.Training.Engine;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Engine;

[Collection(Libtorch.Name)]
public class TrainerTests
{
    [Fact]
    public void Run_ToTheEnd_TellsEveryStepAndFinishes()
    {
        using var fixture = new TrainingFixture();

        var exitCode = fixture.RunAttempt();

        Assert.Equal(TrainerExitCode.Finished, exitCode);
        var started = Assert.IsType<AttemptStarted>(fixture.Records(1)[0]);
        Assert.Equal((1, 0L, 0.0), (started.Attempt, started.StartStep, started.ElapsedSeconds));
        Assert.Equal((AttemptOutcome.Finished, 12L), (fixture.End(1).Outcome, fixture.End(1).Step));
        long[] steps = [.. Enumerable.Range(0, TrainingFixture.TotalSteps)];
        foreach (var key in new[] { MetricKeys.TrainLoss, MetricKeys.LearningRate, MetricKeys.GradientNorm, MetricKeys.TokensPerSecond, MetricKeys.ElapsedSeconds })
        {
            Assert.Equal(steps, fixture.Points(key).Keys);
        }

        Assert.Equal([0L, 5L, 10L, 12L], fixture.Points(MetricKeys.ValidationLoss).Keys);
        Assert.Equal(steps.Select(fixture.Spec.Schedule.LearningRate), fixture.Points(MetricKeys.LearningRate).Values);
        Assert.Equal(
            ["step-00000012-attempt-1", "step-00000008-attempt-1"],
            new CheckpointStore(fixture.Run, RunSpecJson.Hash(fixture.Spec)).List().Select(name => name.ToString()));
        Assert.Equal(2, fixture.Records(1).OfType<RunEventRecorded>().Count(happened => happened.Kind == RunEventKind.PhaseStarted));
    }

    [Fact]
    public void Run_Training_LowersTheLoss()
    {
        using var fixture = new TrainingFixture(spec => spec with { Schedule = new ScheduleSpec(new ConstantRate(60, 1e-2)) });

        fixture.RunAttempt();

        var losses = fixture.Points(MetricKeys.TrainLoss);
        Assert.Equal(Math.Log(256), losses[0], 0.05); // untrained: every byte alike
        Assert.InRange(losses[59], 0, 3.3); // 26 letters in a pattern: log 26 = 3.26 by their frequency alone
    }

    [Theory]
    [InlineData(Precision.Float32, 1, 0.0)]
    [InlineData(Precision.Float32, 3, 0.1)]
    [InlineData(Precision.BFloat16, 2, 0.0)]
    public void Resume_AfterAnyCheckpoint_IsBitEqualToTheUninterruptedRun(Precision precision, int accumulation, double dropout)
    {
        RunSpec Change(RunSpec spec) => spec with
        {
            Precision = precision,
            GradientAccumulationSteps = accumulation,
            Model = spec.Model with { Dropout = dropout },
        };
        using var whole = new TrainingFixture(Change);
        using var parts = new TrainingFixture(Change);
        whole.RunAttempt();

        // Before the first step, at a checkpoint of the interval, between two, before the last step.
        foreach (var pauseAt in new[] { 0, 3, 4, 9, 11 })
        {
            Assert.Equal(TrainerExitCode.Saved, parts.RunAttempt(pauseAt));
        }

        parts.RunAttempt();

        Assert.Equal(whole.Points(MetricKeys.TrainLoss), parts.Points(MetricKeys.TrainLoss));
        Assert.Equal(whole.Points(MetricKeys.GradientNorm), parts.Points(MetricKeys.GradientNorm));
        Assert.Equal(whole.Points(MetricKeys.ValidationLoss), parts.Points(MetricKeys.ValidationLoss));
        Assert.Equal(FinalBytes(whole), FinalBytes(parts));
    }

    [Fact]
    public void Resume_TrainerLostBetweenCheckpoints_RepeatsItsStepsToTheBit()
    {
        using var whole = new TrainingFixture();
        using var lost = new TrainingFixture();
        whole.RunAttempt();
        lost.RunAttempt();

        // As if the process had died at step 11: the last checkpoint it had published is that of step 8, its journal goes on.
        Directory.Delete(Path.Combine(lost.Run.CheckpointsPath, "step-00000012-attempt-1"), recursive: true);
        lost.RunAttempt();

        Assert.Equal(8, Assert.IsType<AttemptStarted>(lost.Records(2)[0]).StartStep);
        Assert.Equal(whole.Points(MetricKeys.TrainLoss), lost.Points(MetricKeys.TrainLoss));
        Assert.Equal(FinalBytes(whole), FinalBytes(lost));
    }

    [Fact]
    public void Resume_BrokenNewestCheckpoint_GoesOnFromTheOneBefore()
    {
        using var fixture = new TrainingFixture();
        fixture.RunAttempt();
        Damage(Path.Combine(fixture.Run.CheckpointsPath, "step-00000012-attempt-1", "weights.safetensors"));

        fixture.RunAttempt();

        Assert.Equal(8, Assert.IsType<AttemptStarted>(fixture.Records(2)[0]).StartStep);
        Assert.Contains(fixture.Records(2).OfType<RunEventRecorded>(), happened => happened.Kind == RunEventKind.CheckpointSkipped && happened.Step == 12);
        Assert.Equal(AttemptOutcome.Finished, fixture.End(2).Outcome);
    }

    [Fact]
    public void Resume_CheckpointPublishedBySupersededTrainer_IsPassedOver()
    {
        using var fixture = new TrainingFixture();
        fixture.RunAttempt();
        var late = Path.Combine(fixture.Run.CheckpointsPath, "step-00000012-attempt-1");
        var aside = Path.Combine(fixture.Run.Root, "late");
        Directory.Move(late, aside);
        fixture.RunAttempt(pauseAt: 10); // goes on from step 8
        Directory.Move(aside, late);
        Directory.Delete(Path.Combine(fixture.Run.CheckpointsPath, "step-00000010-attempt-2"), recursive: true);

        fixture.RunAttempt(pauseAt: 9);

        Assert.Equal(8, Assert.IsType<AttemptStarted>(fixture.Records(3)[0]).StartStep);
        Assert.False(Directory.Exists(late));
    }

    [Fact]
    public void Checkpoint_Pinned_IsKept()
    {
        using var fixture = new TrainingFixture();
        fixture.RunAttempt(pauseAt: 4);
        var pinned = Path.Combine(fixture.Run.CheckpointsPath, "step-00000004-attempt-1");
        File.WriteAllText(Path.Combine(pinned, "pin"), "");

        fixture.RunAttempt(pauseAt: 5);
        fixture.RunAttempt();

        Assert.Equal(
            ["step-00000004-attempt-1", "step-00000008-attempt-3", "step-00000012-attempt-3"],
            Directory.GetDirectories(fixture.Run.CheckpointsPath).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Resume_EveryCheckpointBroken_FailsTyped()
    {
        using var fixture = new TrainingFixture();
        fixture.RunAttempt();
        Damage(Path.Combine(fixture.Run.CheckpointsPath, "step-00000012-attempt-1", "weights.safetensors"));
        Damage(Path.Combine(fixture.Run.CheckpointsPath, "step-00000008-attempt-1", "optimizer.safetensors"));

        Assert.Equal(TrainerExitCode.Failed, fixture.RunAttempt());
        Assert.Equal(RunFailureKind.CheckpointInvalid, fixture.End(2).Failure?.Kind);
    }

    [Fact]
    public void Run_RateTooHigh_FailsWithinTheStep()
    {
        using var fixture = new TrainingFixture(spec => spec with
        {
            Schedule = new ScheduleSpec(new ConstantRate(50, 1e5)),
            Optimizer = new OptimizerSpec { Kind = OptimizerKind.Sgd, GradientClip = null },
        });

        Assert.Equal(TrainerExitCode.Failed, fixture.RunAttempt());

        var failure = fixture.End(1).Failure!;
        var losses = fixture.Points(MetricKeys.TrainLoss);
        Assert.Equal(RunFailureKind.NonFiniteLoss, failure.Kind);
        Assert.Equal(losses.Keys.Max() + 1, failure.Step);
        Assert.All(losses.Values, loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void Run_DataGone_FailsTyped()
    {
        using var fixture = new TrainingFixture();
        File.Delete(fixture.Spec.Dataset.Path);

        Assert.Equal(TrainerExitCode.Failed, fixture.RunAttempt());
        Assert.Equal(RunFailureKind.DataInvalid, fixture.End(1).Failure?.Kind);
    }

    [Fact]
    public void Run_DeviceMissing_FailsTyped()
    {
        using var fixture = new TrainingFixture(spec => spec with { Device = "cuda:99" });

        Assert.Equal(TrainerExitCode.Failed, fixture.RunAttempt());
        Assert.Equal(RunFailureKind.DeviceUnavailable, fixture.End(1).Failure?.Kind);
    }

    [Fact]
    public void Run_SpecUnreadable_FailsTyped()
    {
        using var fixture = new TrainingFixture();
        File.WriteAllText(fixture.Run.SpecPath, """{"version":1}""");

        Assert.Equal(TrainerExitCode.Failed, fixture.RunAttempt());
        Assert.IsType<AttemptStarted>(fixture.Records(1)[0]);
        Assert.Equal(RunFailureKind.SpecInvalid, fixture.End(1).Failure?.Kind);
    }

    [Fact]
    public void Run_ModelLargerThanMemory_FailsTyped()
    {
        // 96 layers of width 16,384: 1.2 TB of weights, beyond what the system lends even without touching it.
        using var fixture = new TrainingFixture(spec => spec with { Model = spec.Model with { LayerCount = 96, EmbeddingWidth = 16_384, HeadCount = 64 } });

        Assert.Equal(TrainerExitCode.Failed, fixture.RunAttempt());
        Assert.Equal(RunFailureKind.OutOfMemory, fixture.End(1).Failure?.Kind);
    }

    [Theory]
    [InlineData(ControlState.Pause, AttemptOutcome.Paused, TrainerExitCode.Saved)]
    [InlineData(ControlState.Stop, AttemptOutcome.Stopped, TrainerExitCode.Finished)]
    public void Run_AskedToLeave_SavesAndLeaves(ControlState asked, AttemptOutcome outcome, int exitCode)
    {
        using var fixture = new TrainingFixture();
        new Control(asked, "request").Write(fixture.Run);

        Assert.Equal(exitCode, fixture.RunAttempt());
        Assert.Equal((outcome, 0L), (fixture.End(1).Outcome, fixture.End(1).Step));
    }

    [Fact]
    public void Run_Superseded_LeavesWithoutAWord()
    {
        using var fixture = new TrainingFixture();
        var fence = Fence.Issue(1);
        Fence.Issue(2).Raise(fixture.Run);

        var exitCode = new AttemptRunner(fixture.Run, fence, fixture.Output, TimeProvider.System).Run();

        Assert.Equal(TrainerExitCode.Superseded, exitCode);
        Assert.Empty(fixture.Records(1));
    }

    [Fact]
    public void Step_TwoHundredTimes_LeavesNoTensorAlive()
    {
        using var fixture = new TrainingFixture(spec => spec with { Model = spec.Model with { Dropout = 0.1 }, GradientAccumulationSteps = 2 });
        using var state = new TrainingState(fixture.Spec);
        using var dataset = TokenDataset.Open(fixture.Spec.Dataset, fixture.Spec.Model);
        var step = new TrainingStep(fixture.Spec, state.Model, state.Optimizer, new BatchSampler(dataset, 1, 4, 8, 2));
        long afterTwo = 0;
        for (var i = 0; i < 200; i++)
        {
            step.Run(i, 1e-3);
            if (i == 1)
            {
                afterTwo = LiveTensors();
            }
        }

        Assert.Equal(afterTwo, LiveTensors());

        static long LiveTensors() => TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
    }

    [Fact]
    public void Validation_OfTheSameData_IsTheSameForEverySeed()
    {
        using var first = new TrainingFixture();
        using var second = new TrainingFixture(spec => spec with { Seed = 6 });
        using var weights = new TrainingState(first.Spec);
        using var dataset = TokenDataset.Open(first.Spec.Dataset, first.Spec.Model);

        var losses = new[] { first, second }.Select(fixture => new Validator(fixture.Spec, weights.Model, dataset).Measure(isAbandoned: () => false)).ToList();

        Assert.NotNull(losses[0]);
        Assert.Equal(losses[0]!.Batches, losses[1]!.Batches);
    }

    [Fact]
    public void Validation_Abandoned_MeasuresNothing()
    {
        using var fixture = new TrainingFixture();
        using var weights = new TrainingState(fixture.Spec);
        using var dataset = TokenDataset.Open(fixture.Spec.Dataset, fixture.Spec.Model);
        var batches = 0;

        var loss = new Validator(fixture.Spec, weights.Model, dataset).Measure(isAbandoned: () => ++batches > 1);

        Assert.Null(loss);
        Assert.True(weights.Model.training);
    }

    private static byte[] FinalBytes(TrainingFixture fixture)
    {
        var store = new CheckpointStore(fixture.Run, RunSpecJson.Hash(fixture.Spec));
        var last = store.List()[0];
        Assert.Equal(TrainingFixture.TotalSteps, last.Step);
        return [.. File.ReadAllBytes(Path.Combine(store.PathOf(last), "weights.safetensors")), .. File.ReadAllBytes(Path.Combine(store.PathOf(last), "optimizer.safetensors"))];
    }

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^5] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
