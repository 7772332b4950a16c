using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Tests.Support;

namespace Ntl.Tests.Training.Engine;

/// <summary>What a run is scored by: the slices after its last step.</summary>
[Collection(Libtorch.Name)]
public sealed class EvaluationTests
{
    [Fact]
    public void Run_WithAHeldOutSlice_EvaluatesBothSlicesOnceAfterTheLastStep()
    {
        using var fixture = new TrainingFixture(spec => spec with { HeldOutBatches = 2 });

        fixture.RunAttempt();

        var evaluations = fixture.Records(1).OfType<EvaluationRecorded>().ToList();
        Assert.Equal([EvaluationSlice.HeldOut, EvaluationSlice.Public], evaluations.Select(evaluation => evaluation.Slice));
        Assert.All(evaluations, evaluation => Assert.Equal((TrainingFixture.TotalSteps, 2), (evaluation.Step, evaluation.Losses.Count)));
        Assert.Equal(fixture.Points(MetricKeys.ValidationLoss)[TrainingFixture.TotalSteps], evaluations[1].Mean, 1e-9);
        Assert.NotEqual(evaluations[0].Mean, evaluations[1].Mean);
        // Nobody reads the held-out loss on the way: no metric has it, no line of the log.
        Assert.DoesNotContain(evaluations[0].Mean.ToString("F3", System.Globalization.CultureInfo.InvariantCulture), fixture.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutOne_KeepsThePublicLossesByBatch()
    {
        using var fixture = new TrainingFixture();

        fixture.RunAttempt();

        Assert.Equal(EvaluationSlice.Public, Assert.Single(fixture.Records(1).OfType<EvaluationRecorded>()).Slice);
    }

    [Fact]
    public void Run_InterruptedAndResumed_EvaluatesToTheSameDigits()
    {
        using var whole = new TrainingFixture(spec => spec with { HeldOutBatches = 2 });
        using var cut = new TrainingFixture(spec => spec with { HeldOutBatches = 2 });

        whole.RunAttempt();
        cut.RunAttempt(pauseAt: 6);
        cut.RunAttempt();

        Assert.Empty(cut.Records(1).OfType<EvaluationRecorded>());
        Assert.Equal(
            whole.Records(1).OfType<EvaluationRecorded>().Select(evaluation => evaluation.Mean),
            cut.Records(2).OfType<EvaluationRecorded>().Select(evaluation => evaluation.Mean));
    }

    [Fact]
    public void Slices_OfOneShare_HaveNoTokenInCommon()
    {
        using var fixture = new TrainingFixture();
        using var dataset = TokenDataset.Open(fixture.Spec.Dataset, fixture.Spec.Model);
        var half = dataset.Validation.Length / 2;
        var context = fixture.Spec.Model.ContextLength;
        ValidationSet open = new(dataset, dataset.Validation with { Length = half }, context, 1_000);
        ValidationSet held = new(dataset, new TokenRange(dataset.Validation.Start + half, dataset.Validation.Length - half), context, 1_000);

        Assert.True(open.Count > 1 && held.Count > 1);
        Assert.True(open.Start(open.Count - 1) + context < held.Start(0) + 1);
        Assert.Equal(dataset.Validation.Start + dataset.Validation.Length - 1 - context, held.Start(held.Count - 1));
    }
}
