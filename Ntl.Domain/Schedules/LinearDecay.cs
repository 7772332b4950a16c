namespace Ntl.Domain.Schedules;

/// <summary>A straight fall: <c>η(k) = end + (start − end)·(1 − k/n)</c>.</summary>
/// <inheritdoc/>
public sealed record LinearDecay(long Steps, double StartRate, double EndRate) : RateDecay(Steps, StartRate, EndRate)
{
    internal const string KindName = "linearDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string ShapeName => "linear";

    internal override bool IsStraight => true;

    private protected override double Interpolate(long step) => EndRate + (StartRate - EndRate) * (Steps - step) / Steps;

    private protected override double SumInterpolated(long steps) =>
        EndRate * steps + (StartRate - EndRate) * steps * (2 * Steps - steps + 1) / (2 * Steps);
}
