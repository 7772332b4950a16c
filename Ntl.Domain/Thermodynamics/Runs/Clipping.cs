using Ntl.Domain.Metrics;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What clipping does to a run's measurements.</summary>
/// <remarks>
/// A step whose gradient is scaled by s moves the weights by −ηsPg: s scales the pull of the valley as it scales the noise. So clipping belongs to the preconditioner, sP, and the noise is that of the
/// gradient as it came: what heats is s·Tr PΣ, where probes measure the clipped gradient's s²·Tr PΣ. Derived here; it leaves α as it is without clipping, as a loss times a number must under Adam.
/// s of each step follows from its gradient norm, which is stored.
/// </remarks>
internal sealed class Clipping
{
    private const int Recent = 50; // steps over which s of a curvature, which is no single step's, is averaged

    private readonly MetricSeries _norms;
    private readonly double _clip;

    private Clipping(MetricSeries norms, double clip) => (_norms, _clip) = (norms, clip);

    /// <summary>A run's record with the clipping moved from the noise into the preconditioner.</summary>
    public static RunRecord Undo(RunRecord record)
    {
        if (record.IsUnclipped || record.Spec.Optimizer.GradientClip is not { } clip || record[MetricKeys.GradientNorm].Count == 0)
        {
            return record with { IsUnclipped = true };
        }

        var clipping = new Clipping(record[MetricKeys.GradientNorm], clip);
        return record with { Series = record.Series.ToDictionary(pair => pair.Key, pair => clipping.Undo(pair.Key, pair.Value, record)), IsUnclipped = true };
    }

    private MetricSeries Undo(MetricKey key, MetricSeries series, RunRecord record) => key switch
    {
        _ when IsOf(key, ProbeKeys.Noise) || IsOf(key, ProbeKeys.PreconditionedGradientSquare) => Scaled(series, step => 1 / At(step)),
        _ when IsOf(key, ProbeKeys.GradientCovariance) || IsOf(key, ProbeKeys.GradientSquare) => Scaled(series, step => 1 / (At(step) * At(step))),
        _ when IsOf(key, ProbeKeys.PreconditionedCurvatureTrace) || IsOf(key, ProbeKeys.LargestPreconditionedCurvature) => Scaled(series, Mean),
        _ when key == ProbeKeys.LogDeterminant => Shifted(series, record[ProbeKeys.ValleyDirections]),
        _ => series,
    };

    // The key itself, a layer's part of it, or the error of either.
    private static bool IsOf(MetricKey key, MetricKey whole) =>
        key.Value.StartsWith(whole.Value, StringComparison.Ordinal) && (key.Value.Length == whole.Value.Length || key.Value[whole.Value.Length] is '/' or '.');

    private static MetricSeries Scaled(MetricSeries series, Func<long, double> factor)
    {
        var values = new double[series.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = series.Values[i] * factor(series.Steps[i]);
        }

        return new(series.Steps.ToArray(), values);
    }

    private MetricSeries Shifted(MetricSeries determinants, MetricSeries directions)
    {
        var values = determinants.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var at = directions.IndexOf(determinants.Steps[i]);
            values[i] += at < directions.Count && directions.Steps[at] == determinants.Steps[i] ? directions.Values[at] * Math.Log(Mean(determinants.Steps[i])) : double.NaN;
        }

        return new(determinants.Steps.ToArray(), values);
    }

    private double At(long step)
    {
        var at = Math.Clamp(_norms.IndexOf(step), 0, _norms.Count - 1);
        return Scale(_norms.Values[at]);
    }

    private double Mean(long step)
    {
        var end = Math.Clamp(_norms.IndexOf(step), 1, _norms.Count);
        var start = Math.Max(0, end - Recent);
        var sum = 0.0;
        for (var i = start; i < end; i++)
        {
            sum += Scale(_norms.Values[i]);
        }

        return sum / (end - start);
    }

    private double Scale(double norm) => norm > _clip ? _clip / norm : 1;
}
