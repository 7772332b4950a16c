namespace Ntl.Domain.Schedules;

/// <summary>Half a cosine: <c>η(k) = end + (start − end)·½(1 + cos(πk/n))</c>.</summary>
/// <inheritdoc/>
/// <remarks>Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5, one cycle.</remarks>
public sealed record CosineDecay(long Steps, double StartRate, double EndRate) : RateDecay(Steps, StartRate, EndRate)
{
    internal const string KindName = "cosineDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string ShapeName => "cosine";

    private protected override double Interpolate(long step)
    {
        // ½(1 + cos 2u) = sin²(π/2 − u): keeps its digits near the end, where 1 + cos cancels.
        var root = Math.Sin(Math.PI * (Steps - step) / (2.0 * Steps));
        return EndRate + (StartRate - EndRate) * root * root;
    }

    private protected override double SumInterpolated(long steps)
    {
        // Σ cos(jθ), j < m, is the Dirichlet kernel cos((m−1)θ/2)·sin(mθ/2)/sin(θ/2), θ = π/n.
        var half = Math.PI / (2.0 * Steps);
        var cosines = Math.Cos((steps - 1) * half) * Math.Sin(steps * half) / Math.Sin(half);
        return EndRate * steps + (StartRate - EndRate) * (steps + cosines) / 2;
    }
}
