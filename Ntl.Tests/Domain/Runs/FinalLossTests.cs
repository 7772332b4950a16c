using Ntl.Domain.Runs;

namespace Ntl.Tests.Domain.Runs;

public class FinalLossTests
{
    private static readonly double s_uniform = Math.Log(65);

    [Theory]
    [InlineData(RunStatus.Queued)]
    [InlineData(RunStatus.Starting)]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Paused)]
    [InlineData(RunStatus.Interrupted)]
    public void Of_ARunThatHasNotEnded_IsPendingWhateverItMeasured(RunStatus status)
    {
        var final = FinalLoss.Of(status, null, 2.5, 2.4, s_uniform, ExplosionRule.Current);

        Assert.Equal((FinalLossState.Pending, null, false), (final.State, final.Value, final.HasDiverged));
        Assert.True(double.IsNaN(final.Counted));
    }

    [Fact]
    public void Of_AFinishedRun_IsItsLossAfterTheLastStep() =>
        Assert.Equal(new FinalLoss(FinalLossState.Measured, 2.5, ""), FinalLoss.Of(RunStatus.Finished, null, 2.5, 2.4, s_uniform, ExplosionRule.Current));

    [Theory]
    [InlineData(RunStatus.Failed, RunFailureKind.NonFiniteLoss, 2.5)]
    [InlineData(RunStatus.Finished, null, null)]
    [InlineData(RunStatus.Finished, null, double.NaN)]
    [InlineData(RunStatus.Finished, null, double.PositiveInfinity)]
    public void Of_ARunThatDiverged_IsNoneAndCountsAsInfinite(RunStatus status, RunFailureKind? failure, double? last)
    {
        var final = FinalLoss.Of(status, failure, last, 2.4, s_uniform, ExplosionRule.Current);

        Assert.Equal((FinalLossState.Diverged, null, true, double.PositiveInfinity), (final.State, final.Value, final.HasDiverged, final.Counted));
        Assert.NotEmpty(final.Reason);
    }

    [Theory]
    [InlineData(4.7, 4.2)] // above ln 65 + 0.5 = 4.674
    [InlineData(4e13, 4.17)]
    [InlineData(4.1, 2.05)] // more than 2 above its own lowest
    public void Of_ARunThatExploded_IsNoneAndSaysByWhichRule(double last, double lowest)
    {
        var final = FinalLoss.Of(RunStatus.Finished, null, last, lowest, s_uniform, ExplosionRule.Current);

        Assert.Equal((FinalLossState.Exploded, null, true), (final.State, final.Value, final.HasDiverged));
        Assert.Contains("rules 2", final.Reason, StringComparison.Ordinal);
        Assert.Equal(last, FinalLoss.Of(RunStatus.Finished, null, last, lowest, s_uniform, null).Value);
    }

    // A run that learned nothing, one that overfitted, one of a large vocabulary that has just begun.
    [Theory]
    [InlineData(4.3, 4.2, 65)]
    [InlineData(3.2, 1.45, 65)]
    [InlineData(10.9, 10.85, 50_257)]
    public void Of_APoorRun_IsNotExploded(double last, double lowest, int vocabulary) =>
        Assert.Equal(last, FinalLoss.Of(RunStatus.Finished, null, last, lowest, Math.Log(vocabulary), ExplosionRule.Current).Value);

    [Theory]
    [InlineData(RunStatus.Cancelled, null)]
    [InlineData(RunStatus.Failed, RunFailureKind.StorageFull)]
    public void Of_AStoppedRun_IsNoneButNotDiverged(RunStatus status, RunFailureKind? failure)
    {
        var final = FinalLoss.Of(status, failure, 2.5, 2.4, s_uniform, ExplosionRule.Current);

        Assert.Equal((FinalLossState.Stopped, null, false), (final.State, final.Value, final.HasDiverged));
    }
}
