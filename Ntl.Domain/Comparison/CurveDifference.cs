namespace Ntl.Domain.Comparison;

/// <summary>A curve less a baseline, place by place.</summary>
public static class CurveDifference
{
    /// <summary>The difference at each of the curve's places that lie between the baseline's ends.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="baseline">What is taken off; between its points it is a straight line, beyond its ends nothing.</param>
    /// <returns>Only places where both are known; values in the curve's unit, below 0 where the curve is lower.</returns>
    public static ComparedCurve Of(ComparedCurve curve, ComparedCurve baseline)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(baseline);
        var under = baseline.At(curve.X);
        List<double> x = new(curve.Count);
        List<double> y = new(curve.Count);
        for (var i = 0; i < curve.Count; i++)
        {
            if (double.IsFinite(under[i]))
            {
                x.Add(curve.X[i]);
                y.Add(curve.Y[i] - under[i]);
            }
        }

        return new([.. x], [.. y]);
    }
}
