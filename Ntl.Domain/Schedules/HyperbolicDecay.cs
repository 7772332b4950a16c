namespace Ntl.Domain.Schedules;

/// <summary>The 1/t decay, linear in the reciprocal: <c>1/η(k) = (1 − k/n)/start + (k/n)/end</c>.</summary>
/// <inheritdoc/>
/// <remarks>
/// The same as <c>η = start/(1 + κk)</c> with <c>κ = (start/end − 1)/n</c>. It is the optimal way to cool one valley
/// direction: Liu et al. 2025, arXiv:2505.10559.
/// </remarks>
public sealed record HyperbolicDecay(long Steps, double StartRate, double EndRate) : RateDecay(Steps, StartRate, EndRate)
{
    internal const string KindName = "hyperbolicDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string ShapeName => "1/t";

    private protected override bool NeedsPositiveEnd => true;

    private protected override double Interpolate(long step) => StartRate / (1 + (StartRate / EndRate - 1) * step / Steps);

    private protected override double SumInterpolated(long steps)
    {
        var offset = Steps / (StartRate / EndRate - 1); // η(k) = start·offset/(offset + k)
        return StartRate * offset * PowerSum.Sum(offset, steps, -1);
    }
}
