using System.Runtime.InteropServices;

namespace Ntl.Domain.Metrics;

/// <summary>
/// Smooths a series with a mean whose weight decays exponentially with distance on the x-axis, one point at a time and so that the density of
/// points does not matter.
/// </summary>
/// <remarks>
/// <para>
/// With y(t) the straight lines through the points and x₁ the first of them, the value at x is
/// <c>S(x) = ∫ y(t)·e^{−(x−t)/τ} dt / ∫ e^{−(x−t)/τ} dt</c>, both from x₁ to x: the division removes the bias of a young average. From one
/// point to the next, <c>a = Δx/τ</c>, <c>μ = e^{−a}</c>, <c>ν = (1 − μ)/a</c>, the second integral goes to <c>W′ = μW + τ(1 − μ)</c> and the mean to
/// <c>S′ = S + τ[(1 − ν)(y′ − S) + (ν − μ)(y − S)]/W′</c>. Written as steps from S, a constant stays that very number.
/// </para>
/// <para>
/// The idea of weighting by x-distance is Weights &amp; Biases' time-weighted EMA, which sums points; the integral, derived here, also makes a
/// stretch logged twice as often weigh no more. An average of two points would only bend the line between them, so the first two
/// pass unchanged. NaN and ±∞ come back as they are and are otherwise skipped. Where a series starts anew, as after a
/// resume, or after a gap, start a new value of this type.
/// </para>
/// <para>A value type: copy it to branch off. Feeding all points at once or a few at a time gives the same bits.</para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public struct TimeWeightedSmoothing
{
    // Below this, (1 − μ)/a loses digits: its series is exact to a double there.
    private const double SmallDistance = 1e-3;

    private const int FewestAveraged = 3;

    private readonly double _timescale;
    private int _finiteCount;
    private double _x;
    private double _y;
    private double _mean;
    private double _weight; // W/τ, in [0, 1)

    /// <summary>Starts an average.</summary>
    /// <param name="timescale">τ: the distance on the x-axis over which a weight falls to 1/e; ≥ 0, 0 for no smoothing.</param>
    public TimeWeightedSmoothing(double timescale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timescale);
        if (!double.IsFinite(timescale))
        {
            throw new ArgumentOutOfRangeException(nameof(timescale), timescale, "The timescale must be finite.");
        }

        _timescale = timescale;
    }

    /// <summary>The timescale for a slider's strength: at 0.9 a weight falls to 0.9 over a thousandth of the axis, and so on.</summary>
    /// <param name="strength">In [0, 1).</param>
    /// <param name="axisLength">Length of the whole x-axis, such as the run's total steps; fixed, so that a live curve does not shift as it grows.</param>
    public static double TimescaleOf(double strength, double axisLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(strength);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(strength, 1);
        return strength == 0 ? 0 : axisLength / 1000 / -Math.Log(strength);
    }

    /// <summary>Goes on where a smoothed series ends, without its points: the weight of an average follows from how far it reaches.</summary>
    /// <param name="timescale">τ, in the x-axis' unit.</param>
    /// <param name="firstX">Place of the series' first finite point.</param>
    /// <param name="lastX">Place of its last finite point, at least the third.</param>
    /// <param name="lastY">Value there.</param>
    /// <param name="smoothed">Smoothed value there.</param>
    public static TimeWeightedSmoothing After(double timescale, double firstX, double lastX, double lastY, double smoothed)
    {
        var distance = (lastX - firstX) / timescale;
        return new(timescale)
        {
            _finiteCount = FewestAveraged,
            _x = lastX,
            _y = lastY,
            _mean = smoothed,
            _weight = distance > 0 ? Weights(distance).Gained : 0,
        };
    }

    /// <summary>Smooths a whole series.</summary>
    /// <param name="xs">Places on the x-axis, not falling.</param>
    /// <param name="ys">One a place.</param>
    /// <param name="timescale">τ, in the x-axis' unit.</param>
    public static double[] Smooth(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double timescale)
    {
        var average = new TimeWeightedSmoothing(timescale);
        var smoothed = new double[ys.Length];
        for (var i = 0; i < smoothed.Length; i++)
        {
            smoothed[i] = average.Next(xs[i], ys[i]);
        }

        return smoothed;
    }

    /// <summary>Takes the next point.</summary>
    /// <param name="x">Its place; finite, not before the last one.</param>
    /// <param name="y">Its value.</param>
    /// <returns>The smoothed value there; <paramref name="y"/> itself when it is not finite.</returns>
    public double Next(double x, double y)
    {
        if (!double.IsFinite(y))
        {
            return y;
        }

        _finiteCount++;
        if (_finiteCount == 1)
        {
            (_x, _y, _mean) = (x, y, y);
            return y;
        }

        Advance(x, y);
        return _finiteCount < FewestAveraged || _timescale == 0 ? y : _mean;
    }

    private void Advance(double x, double y)
    {
        var distance = (x - _x) / _timescale; // a
        if (distance > 0)
        {
            var (gained, old, young) = Weights(distance);
            _weight = (1 - gained) * _weight + gained;
            _mean += (young * (y - _mean) + old * (_y - _mean)) / _weight;
        }

        (_x, _y) = (x, y);
    }

    // 1 − μ, ν − μ and 1 − ν; for a small a by their power series, of which a⁶/720 and less is left out.
    private static (double Gained, double Old, double Young) Weights(double a)
    {
        if (a < SmallDistance)
        {
            return (
                a * (1 - a / 2 * (1 - a / 3 * (1 - a / 4 * (1 - a / 5)))),
                a * (1.0 / 2 - a * (1.0 / 3 - a * (1.0 / 8 - a * (1.0 / 30 - a / 144)))),
                a * (1.0 / 2 - a * (1.0 / 6 - a * (1.0 / 24 - a * (1.0 / 120 - a / 720)))));
        }

        var gained = 1 - Math.Exp(-a);
        var share = gained / a; // ν
        return (gained, share - (1 - gained), 1 - share);
    }
}
