using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Training.Checkpoints;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Engine;

[Collection(Libtorch.Name)]
public sealed class BranchTests : IDisposable
{
    private const long Fork = 6;

    private readonly List<TrainingFixture> _fixtures = [];

    [Theory]
    [InlineData(Precision.Float32, 1, 0.0)]
    [InlineData(Precision.Float32, 3, 0.1)]
    [InlineData(Precision.BFloat16, 2, 0.0)]
    public void Run_BranchWithTheTrunksOwnSchedule_IsTheTrunkToTheBit(Precision precision, int accumulation, double dropout)
    {
        var trunk = Trunk(spec => spec with { Precision = precision, GradientAccumulationSteps = accumulation, Model = spec.Model with { Dropout = dropout } });
        var branch = BranchOf(trunk, spec => spec);

        Assert.Equal(TrainerExitCode.Finished, branch.RunAttempt());

        foreach (var key in new[] { MetricKeys.TrainLoss, MetricKeys.GradientNorm, MetricKeys.LearningRate, MetricKeys.ValidationLoss })
        {
            Assert.Equal(trunk.Points(key).Where(point => point.Key >= Fork), branch.Points(key));
        }

        Assert.Equal(FinalBytes(trunk), FinalBytes(branch));
    }

    [Fact]
    public void Run_Branch_BeginsAtItsStepWithNoTimeSpent()
    {
        var branch = BranchOf(Trunk(), spec => spec with { Schedule = spec.Schedule.First(Fork).Then(new LinearDecay(4, 1e-2, 0)) });

        branch.RunAttempt();

        var started = Assert.IsType<AttemptStarted>(branch.Records(1)[0]);
        var elapsed = branch.Points(MetricKeys.ElapsedSeconds);
        Assert.Equal((Fork, 0.0), (started.StartStep, started.ElapsedSeconds));
        Assert.Equal([6L, 7L, 8L, 9L], elapsed.Keys);
        Assert.Equal(branch.Spec.TokensPerStep / branch.Points(MetricKeys.TokensPerSecond)[Fork], elapsed[Fork], 1e-9);
        Assert.Equal((AttemptOutcome.Finished, 10L), (branch.End(1).Outcome, branch.End(1).Step));
        Assert.Equal([(RunEventKind.Branched, Fork), (RunEventKind.PhaseStarted, Fork)], Events(branch, 1).Take(2));
    }

    [Fact]
    public void Run_BranchWithinAPhase_SaysWhichPhaseItIsIn()
    {
        var branch = BranchOf(Trunk(), spec => spec);

        branch.RunAttempt();

        Assert.Equal([Fork], Events(branch, 1).Where(happened => happened.Kind == RunEventKind.PhaseStarted).Select(happened => happened.Step!.Value));
    }

    [Fact]
    public void Run_BranchUnderAnotherRule_KeepsTheWeightsAndBeginsTheOptimizerAnew()
    {
        var trunk = Trunk(spec => spec with { ValidationIntervalSteps = 3 });
        var branch = BranchOf(trunk, spec => spec with { Optimizer = spec.Optimizer with { Kind = OptimizerKind.Lion } });

        branch.RunAttempt();

        Assert.Equal(trunk.Points(MetricKeys.ValidationLoss)[Fork], branch.Points(MetricKeys.ValidationLoss)[Fork]);
        Assert.Equal(trunk.Points(MetricKeys.GradientNorm)[Fork], branch.Points(MetricKeys.GradientNorm)[Fork]);
        Assert.NotEqual(trunk.Points(MetricKeys.TrainLoss)[Fork + 1], branch.Points(MetricKeys.TrainLoss)[Fork + 1]);
        Assert.Contains("The optimizer begins anew: the trunk's was AdamW.", Branched(branch).Message, StringComparison.Ordinal);
        Assert.Equal(TrainingFixture.TotalSteps - Fork, Manifest(branch, TrainingFixture.TotalSteps).UpdateCount);
    }

    [Fact]
    public void Run_BranchUnderTheSameRule_GoesOnWithTheOptimizer()
    {
        var branch = BranchOf(Trunk(), spec => spec with { Optimizer = spec.Optimizer with { Beta2 = 0.9 } });

        branch.RunAttempt();

        Assert.EndsWith("The optimizer goes on.", Branched(branch).Message, StringComparison.Ordinal);
        Assert.Equal(TrainingFixture.TotalSteps, Manifest(branch, TrainingFixture.TotalSteps).UpdateCount);
    }

    [Fact]
    public void Resume_Branch_GoesOnFromItsOwnCheckpoint()
    {
        var trunk = Trunk();
        var whole = BranchOf(trunk, spec => spec);
        var parts = BranchOf(trunk, spec => spec);
        whole.RunAttempt();

        foreach (var pauseAt in new[] { 6, 7, 11 })
        {
            Assert.Equal(TrainerExitCode.Saved, parts.RunAttempt(pauseAt));
        }

        parts.RunAttempt();

        // The pause at the fork saved nothing: the origin is what there is to go on from.
        Assert.Equal([6L, 6L, 7L, 11L], parts.Run.Attempts().Select(attempt => Assert.IsType<AttemptStarted>(parts.Records(attempt.Number)[0]).StartStep));
        Assert.Equal(whole.Points(MetricKeys.TrainLoss), parts.Points(MetricKeys.TrainLoss));
        Assert.Equal(FinalBytes(whole), FinalBytes(parts));
    }

    [Fact]
    public void Run_BranchOfABranch_IsTheTrunkToTheBit()
    {
        var trunk = Trunk();
        var branch = BranchOf(trunk, spec => spec);
        branch.RunAttempt();
        var second = BranchOf(branch, spec => spec, at: 9);

        second.RunAttempt();

        Assert.Equal(trunk.Points(MetricKeys.TrainLoss).Where(point => point.Key >= 9), second.Points(MetricKeys.TrainLoss));
    }

    [Fact]
    public void Run_OriginGone_FailsTyped()
    {
        var branch = BranchOf(Trunk(), spec => spec);
        Directory.Delete(branch.Run.OriginPath, recursive: true);

        Assert.Equal(TrainerExitCode.Failed, branch.RunAttempt());

        Assert.Equal(RunFailureKind.OriginInvalid, branch.End(1).Failure!.Kind);
        Assert.Null(branch.End(1).Failure!.Step);
        Assert.False(branch.End(1).Failure!.IsTransient);
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("manifest.json")]
    [InlineData("spec.json")]
    public void Run_OriginDamaged_FailsTyped(string file)
    {
        var branch = BranchOf(Trunk(), spec => spec);
        var path = Path.Combine(branch.Run.OriginPath, file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.Delete(path); // a second name of the trunk's own file
        File.WriteAllBytes(path, bytes);

        Assert.Equal(TrainerExitCode.Failed, branch.RunAttempt());

        Assert.Equal(RunFailureKind.OriginInvalid, branch.End(1).Failure?.Kind);
    }

    [Fact]
    public void Run_OriginOfAnotherStep_FailsTyped()
    {
        var trunk = Trunk();
        var branch = BranchOf(trunk, spec => spec);
        Directory.Delete(branch.Run.OriginPath, recursive: true);
        Origin.Lay(trunk.Spec, Checkpoint(trunk, 9), branch.Run);

        Assert.Equal(TrainerExitCode.Failed, branch.RunAttempt());

        Assert.Contains("is of step 9", branch.End(1).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lay_AfterAnEarlierTryWasKilled_LaysTheWholeOriginAndLeavesTheTrunkAlone()
    {
        var trunk = Trunk();
        var branch = BranchOf(trunk, spec => spec);
        var laid = Directory.GetFiles(branch.Run.OriginPath).ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes);
        Directory.Delete(branch.Run.OriginPath, recursive: true);
        Directory.CreateDirectory($"{branch.Run.OriginPath}.tmp");
        File.WriteAllText(Path.Combine($"{branch.Run.OriginPath}.tmp", "weights.safetensors"), "half");

        Origin.Lay(trunk.Spec, Checkpoint(trunk, Fork), branch.Run);
        Origin.Lay(trunk.Spec, "/nowhere", branch.Run); // laid already

        Assert.Equal(["manifest.json", "optimizer.safetensors", "spec.json", "weights.safetensors"], laid.Keys.Order(StringComparer.Ordinal));
        Assert.All(laid, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(branch.Run.OriginPath, file.Key))));
        Directory.Delete(Checkpoint(trunk, Fork), recursive: true);
        Assert.Equal(TrainerExitCode.Finished, branch.RunAttempt());
    }

    [Fact]
    public void Lay_OfABrokenCheckpoint_LaysNothing()
    {
        var trunk = Trunk();
        var branch = BranchOf(trunk, spec => spec);
        Directory.Delete(branch.Run.OriginPath, recursive: true);
        File.Delete(Path.Combine(Checkpoint(trunk, Fork), "optimizer.safetensors"));

        Assert.Throws<CheckpointException>(() => Origin.Lay(trunk.Spec, Checkpoint(trunk, Fork), branch.Run));

        Assert.False(Origin.IsLaid(branch.Run));
    }

    [Fact]
    public void Checkpoints_AtKeptSteps_AreWrittenAndStay()
    {
        var trunk = Trunk();

        // Written every fourth step too; the newest two would be there in any case.
        Assert.Equal([12L, 9L, 6L, 3L], Store(trunk).List().Select(name => name.Step));
        Assert.Equal([3L, 6L, 9L, 12L], Enumerable.Range(0, 20).Select(step => (long)step).Where(trunk.Spec.KeepsCheckpoint));
    }

    [Fact]
    public void Pin_OfACheckpointBeingRemoved_PutsItBack()
    {
        var trunk = Trunk();
        var store = Store(trunk);
        var name = store.List().First(name => name.Step == 6);
        Assert.True(store.TryPin(name));

        // As if the trainer had been killed between taking the checkpoint aside and seeing its pin.
        Directory.Move(store.PathOf(name), Path.Combine(trunk.Run.CheckpointsPath, $".tmp-old-{name}"));
        store.RemoveLeftovers();

        Assert.Equal(6, store.Verify(name).Step);
        Directory.Delete(store.PathOf(name), recursive: true);
        Assert.False(store.TryPin(name));
    }

    public void Dispose()
    {
        foreach (var fixture in _fixtures)
        {
            fixture.Dispose();
        }
    }

    private TrainingFixture Trunk(Func<RunSpec, RunSpec>? change = null)
    {
        var trunk = Add(new TrainingFixture(spec => (change ?? (same => same))(spec with
        {
            Schedule = new ScheduleSpec(new LinearRamp(4, 0, 1e-2), new CosineDecay(TrainingFixture.TotalSteps - 4, 1e-2, 1e-3)),
            KeptCheckpointIntervalSteps = 3,
        })));
        trunk.RunAttempt();
        return trunk;
    }

    private TrainingFixture BranchOf(TrainingFixture trunk, Func<RunSpec, RunSpec> change, long at = Fork)
    {
        var branch = Add(new TrainingFixture(_ => change(trunk.Spec) with
        {
            Branch = new BranchSpec { Run = trunk.Run.Id, Step = at, SpecHash = RunSpecJson.Hash(trunk.Spec) },
        }));
        Origin.Lay(trunk.Spec, Checkpoint(trunk, at), branch.Run);
        return branch;
    }

    private TrainingFixture Add(TrainingFixture fixture)
    {
        _fixtures.Add(fixture);
        return fixture;
    }

    private static CheckpointStore Store(TrainingFixture fixture) => new(fixture.Run, RunSpecJson.Hash(fixture.Spec));

    private static string Checkpoint(TrainingFixture fixture, long step) => Store(fixture).PathOf(Store(fixture).List().First(name => name.Step == step));

    private static CheckpointManifest Manifest(TrainingFixture fixture, long step) => CheckpointStore.Verify(Checkpoint(fixture, step), RunSpecJson.Hash(fixture.Spec));

    private static IEnumerable<(RunEventKind Kind, long? Step)> Events(TrainingFixture fixture, int attempt) =>
        fixture.Records(attempt).OfType<RunEventRecorded>().Select(happened => (happened.Kind, (long?)happened.Step));

    private static RunEventRecorded Branched(TrainingFixture fixture) =>
        fixture.Records(1).OfType<RunEventRecorded>().Single(happened => happened.Kind == RunEventKind.Branched);

    private static byte[] FinalBytes(TrainingFixture fixture)
    {
        var last = Checkpoint(fixture, TrainingFixture.TotalSteps);
        return [.. File.ReadAllBytes(Path.Combine(last, "weights.safetensors")), .. File.ReadAllBytes(Path.Combine(last, "optimizer.safetensors"))];
    }
}
