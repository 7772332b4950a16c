namespace Ntl.Domain.Schedules;

/// <summary>Fast first, then slow: <c>η(k) = end + (start − end)·(1 − √(k/n))</c>.</summary>
/// <inheritdoc/>
/// <remarks>Hägele et al. 2024, arXiv:2405.18392, section 3: the cooldown shape that did best there.</remarks>
public sealed record OneMinusSquareRootDecay(long Steps, double StartRate, double EndRate) : RateDecay(Steps, StartRate, EndRate)
{
    internal const string KindName = "oneMinusSquareRootDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string ShapeName => "1−√";

    private protected override double Interpolate(long step)
    {
        // 1 − √x = (1 − x)/(1 + √x), which does not cancel near the end.
        var progress = (double)step / Steps;
        return EndRate + (StartRate - EndRate) * ((double)(Steps - step) / Steps) / (1 + Math.Sqrt(progress));
    }

    private protected override double SumInterpolated(long steps) =>
        EndRate * steps + (StartRate - EndRate) * (steps - PowerSum.Sum(1, steps - 1, 0.5) / Math.Sqrt(Steps));
}
