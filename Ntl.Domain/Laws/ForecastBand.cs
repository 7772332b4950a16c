using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>Bands of forecasts: the parameters' uncertainty and the law's own error, in quadrature.</summary>
internal static class ForecastBand
{
    // Replicates of a law need no finer path than this share of the peak.
    private const double ReplicateShare = 1 / 500.0;

    public static LossForecast Forecast(LawFit fit, RatePath path, int points)
    {
        var curve = At(fit, path, Places(fit, path, points));
        var final = curve[^1];
        return new(curve, final.Loss, final.Low, final.High, [.. fit.Cautions, .. ForecastCautions.Of(fit.Range, path)]);
    }

    /// <summary>The band after given updates.</summary>
    public static ImmutableArray<ForecastPoint> At(LawFit fit, RatePath path, long[] updates)
    {
        var losses = new double[updates.Length];
        fit.Law.Predict(path, updates, losses);
        var spreads = fit.Replicates.IsEmpty ? null : Spreads(fit, path, updates);
        var model = LawError.FinalShare(fit, path);
        var curve = ImmutableArray.CreateBuilder<ForecastPoint>(updates.Length);
        for (var i = 0; i < updates.Length; i++)
        {
            var error = model * losses[i] * Stretch(path.TimeAfter(updates[i]), fit.Range);
            var reach = Reach(spreads?[i], error);
            curve.Add(new(updates[i], losses[i], losses[i] - reach, losses[i] + reach));
        }

        return curve.MoveToImmutable();
    }

    public static LossGain Gain(LawFit fit, RatePath path, RatePath baseline)
    {
        var loss = fit.Law.PredictFinal(baseline);
        var gain = loss - fit.Law.PredictFinal(path);
        var (coarse, coarseBaseline) = (path.Coarsened(ReplicateShare), baseline.Coarsened(ReplicateShare));
        double? spread = fit.Replicates.IsEmpty ? null : Deviation(fit.Replicates.Select(law => law.PredictFinal(coarseBaseline) - law.PredictFinal(coarse)));
        var reach = Reach(spread, LawError.GainShare(fit, path, baseline) * loss);
        return new(gain, gain - reach, gain + reach,
        [
            ForecastCautions.Gain(fit.Law.Kind),
            .. fit.Cautions.Concat(ForecastCautions.Of(fit.Range, path)).Concat(ForecastCautions.Of(fit.Range, baseline)).Distinct(StringComparer.Ordinal),
        ]);
    }

    // Null without replicates: half of an error is not a band.
    private static double? Reach(double? spread, double error) => spread is { } known ? LawError.Deviations * Math.Sqrt((known * known) + (error * error)) : null;

    // An extrapolation in D by a factor e doubles the law's error.
    private static double Stretch(double time, FittedRange range) => 1 + Math.Max(0, Math.Log(time / range.LastTime));

    private static double[] Spreads(LawFit fit, RatePath path, long[] updates)
    {
        var coarse = path.Coarsened(ReplicateShare);
        var predictions = fit.Replicates.Select(law =>
        {
            var losses = new double[updates.Length];
            law.Predict(coarse, updates, losses);
            return losses;
        }).ToList();
        return [.. updates.Select((_, i) => Deviation(predictions.Select(losses => losses[i])))];
    }

    private static double Deviation(IEnumerable<double> values)
    {
        var list = values.ToList();
        if (list.Count < 2)
        {
            return 0;
        }

        var mean = list.Average();
        return Math.Sqrt(list.Sum(value => (value - mean) * (value - mean)) / (list.Count - 1));
    }

    // Evenly from where the law was fitted; a path that never comes so far is shown whole.
    private static long[] Places(LawFit fit, RatePath path, int points)
    {
        var first = path.IntrinsicTime > fit.Range.FirstTime ? path.UpdatesToReach(fit.Range.FirstTime) : path.UpdatesToReach(path.IntrinsicTime / points);
        first = Math.Clamp(first, 1, path.Steps);
        return [.. Enumerable.Range(0, points).Select(i => first + (long)((Int128)(path.Steps - first) * i / (points - 1))).Distinct()];
    }
}
