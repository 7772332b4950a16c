using Ntl.Domain.Laws;

namespace Ntl.Web.Laws;

/// <summary>How a fitted law meets curves that it was not fitted to: from where it was fitted on, after their warm-up.</summary>
internal static class CurveScores
{
    // A log's last losses are averaged over its last two-hundredth, where it is so dense.
    private const int Lasts = 200;

    // A curve of the same spacing begins at the same D, but for rounding.
    private const double Begins = 0.999;

    /// <summary>The losses that are judged.</summary>
    public static IReadOnlyList<LossPoint> Judged(LawFit fit, LossCurve curve) =>
        [.. curve.Points.Where(point => double.IsFinite(point.Loss) && point.Updates > curve.Path.WarmupSteps && curve.Path.TimeAfter(point.Updates) >= Begins * fit.Range.FirstTime)];

    /// <summary>The score; NaN where no loss is judged.</summary>
    public static CurveScore Of(LawFit fit, LossCurve curve)
    {
        var points = Judged(fit, curve);
        if (points.Count == 0)
        {
            return new(curve.Name, double.NaN, double.NaN, double.NaN);
        }

        var predicted = new double[points.Count];
        fit.Law.Predict(curve.Path, [.. points.Select(point => point.Updates)], predicted);
        var last = points[^1].Updates;
        var near = points.Zip(predicted).Where(pair => pair.First.Updates > last - Math.Max(1, last / Lasts)).ToList();
        return new(
            curve.Name,
            points.Zip(predicted, (point, loss) => Math.Abs(loss - point.Loss)).Average(),
            near.Average(pair => pair.First.Loss),
            near.Average(pair => pair.Second));
    }
}
