namespace Ntl.Domain.Schedules;

/// <summary>The 1/√t decay: <c>1/η(k)² = (1 − k/n)/start² + (k/n)/end²</c>.</summary>
/// <inheritdoc/>
/// <remarks>
/// The same as <c>η = start/√(1 + k/τ)</c> with <c>τ = n/((start/end)² − 1)</c>, the decay of Vaswani et al. 2017,
/// arXiv:1706.03762, equation 3, where τ is the number of warm-up steps.
/// </remarks>
public sealed record InverseSquareRootDecay(long Steps, double StartRate, double EndRate) : RateDecay(Steps, StartRate, EndRate)
{
    internal const string KindName = "inverseSquareRootDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string ShapeName => "1/√t";

    private protected override bool NeedsPositiveEnd => true;

    private double TimescaleSteps
    {
        get
        {
            var ratio = StartRate / EndRate;
            return Steps / ((ratio - 1) * (ratio + 1));
        }
    }

    private protected override double Interpolate(long step) => StartRate / Math.Sqrt(1 + step / TimescaleSteps);

    private protected override double SumInterpolated(long steps)
    {
        var timescale = TimescaleSteps;
        return StartRate * Math.Sqrt(timescale) * PowerSum.Sum(timescale, steps, -0.5);
    }
}
