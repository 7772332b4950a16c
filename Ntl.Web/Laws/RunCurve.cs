using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Web.Laws;

/// <summary>
/// The loss curve of a run of this server: its validation losses, or where it has too few, its training losses in means over equal
/// stretches of steps. Where it has both, a fit may use either.
/// </summary>
internal static class RunCurve
{
    /// <summary>The fewest losses that make a curve.</summary>
    public const int FewestPoints = 8;

    private const int Stretches = 200;

    public static CurveReading Of(RunRecord record)
    {
        var name = record.Spec.Name;
        var path = RatePath.Of(record.Spec.Schedule);
        // Both are measured at a step before its update: after as many updates as the step's number.
        var validation = Points(record[MetricKeys.ValidationLoss], path.Steps);
        var training = Points(Means(record[MetricKeys.TrainLoss], record.Spec.TotalSteps - record.Spec.FirstStep), path.Steps);
        List<SourceCurve> kinds = [];
        if (validation.Count >= FewestPoints)
        {
            kinds.Add(Source(validation, LossKind.Validation, LossKinds.NameOf(LossKind.Validation)));
        }

        if (training.Count >= FewestPoints)
        {
            kinds.Add(Source(training, LossKind.Training, "training loss, mean over a stretch of steps"));
        }

        if (kinds.Count == 0)
        {
            var most = Math.Max(validation.Count, training.Count);
            return new(null, FormattableString.Invariant($"{name}: it has {most} losses; a curve needs {FewestPoints}."));
        }

        return Divergence() is { } diverged
            ? new(null, $"{name}: {diverged}") { Diverged = new(name, kinds[0].Curve.Points.Length, diverged.TrimEnd('.')) }
            : new(kinds[0] with { Others = kinds[1..] }, null);

        string? Divergence()
        {
            var series = record[kinds[0].Kind == LossKind.Validation ? MetricKeys.ValidationLoss : MetricKeys.TrainLoss];
            var points = kinds[0].Curve.Points;
            return !double.IsFinite(series.Values[^1])
                ? $"Diverged: its last {LossKinds.NameOf(kinds[0].Kind)}, "
                    + FormattableString.Invariant($"at step {series.Steps[^1]}, is not a finite number.")
                : ExplosionRule.Current.Why(points[^1].Loss, Math.Log(record.Spec.Model.VocabularySize), points.Min(point => point.Loss));
        }

        SourceCurve Source(List<LossPoint> points, LossKind kind, string measure) =>
            new(new(CurveOrigin.Run, record.Id), CurveOf(points), measure, record.Spec) { Kind = kind };

        LossCurve CurveOf(List<LossPoint> points) => new(name, path, [.. points]) { WeightDecay = record.Spec.Optimizer.WeightDecay };
    }

    private static List<LossPoint> Points(MetricSeries series, long steps)
    {
        List<LossPoint> points = [];
        for (var i = 0; i < series.Count; i++)
        {
            var (step, loss) = (series.Steps[i], series.Values[i]);
            if (step >= 1 && step <= steps && double.IsFinite(loss))
            {
                points.Add(new(step, loss));
            }
        }

        return points;
    }

    // The batch's noise averages out; what the loss bends within a two-hundredth of the run does not show.
    private static MetricSeries Means(MetricSeries series, long steps)
    {
        var stretch = Math.Max(1, steps / Stretches);
        var (at, means) = (new List<long>(), new List<double>());
        for (var first = 0; first < series.Count;)
        {
            var end = (series.Steps[first] / stretch) + 1;
            var (sum, stepSum, count, i) = (0.0, 0L, 0, first);
            for (; i < series.Count && series.Steps[i] / stretch < end; i++)
            {
                if (double.IsFinite(series.Values[i]))
                {
                    (sum, stepSum, count) = (sum + series.Values[i], stepSum + series.Steps[i], count + 1);
                }
            }

            if (count > 0)
            {
                at.Add(stepSum / count);
                means.Add(sum / count);
            }

            first = i;
        }

        return new([.. at], [.. means]);
    }
}
