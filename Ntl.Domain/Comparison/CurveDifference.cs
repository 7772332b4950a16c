namespace Ntl.Domain.Comparison;

/// <summary>A curve less a baseline, place by place.</summary>
public static class CurveDifference
{
    /// <summary>The difference at each of the curve's places.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="baseline">What is taken off; between its points it is a straight line, beyond its ends nothing is known of it.</param>
    /// <returns>As many points as the curve, in its unit, below 0 where the curve is lower; NaN where the baseline is not known.</returns>
    public static ComparedCurve Of(ComparedCurve curve, ComparedCurve baseline)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(baseline);
        var y = baseline.At(curve.X);
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = curve.Y[i] - y[i];
        }

        return new(curve.X.ToArray(), y);
    }
}
