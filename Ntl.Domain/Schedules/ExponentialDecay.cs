namespace Ntl.Domain.Schedules;

/// <summary>The same factor at every step: <c>η(k) = start·(end/start)^(k/n)</c>.</summary>
/// <inheritdoc/>
public sealed record ExponentialDecay(long Steps, double StartRate, double EndRate) : RateDecay(Steps, StartRate, EndRate)
{
    internal const string KindName = "exponentialDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string ShapeName => "exponential";

    private protected override bool NeedsPositiveEnd => true;

    private protected override double Interpolate(long step) => StartRate * Math.Exp(Math.Log(EndRate / StartRate) * step / Steps);

    private protected override double SumInterpolated(long steps)
    {
        var logFactor = Math.Log(EndRate / StartRate) / Steps;
        return logFactor == 0 ? StartRate * steps : StartRate * PowerSum.ExpMinusOne(logFactor * steps) / PowerSum.ExpMinusOne(logFactor);
    }
}
