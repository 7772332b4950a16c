using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>Bands of forecasts: the parameters' uncertainty and the law's own error, in quadrature.</summary>
internal static class ForecastBand
{
    // Half-width of a normal law's 90 % interval, in standard deviations.
    private const double Deviations = 1.645;

    // Least error of a final loss as a share of it. Adaptive: 5.4e-3 nats at 3, the spread of predicted − measured over 20 held-out studies of 124M models. Others: the published laws end 0.010 to 0.022 off.
    private const double AdaptiveModelShare = 0.0018;
    private const double PublishedModelShare = 0.004;

    // Without a schedule left out, nothing is known of the law's error here.
    private const double UnknownRatio = 3;

    // A schedule left out of three costs a fit more than its absence from a prediction does.
    private static readonly double s_leaveOneOutExcess = Math.Sqrt(3);

    // Error of a gain between unlike schedules as a share of the loss: 8e-3 nats at 3 in that study; the published laws are off by 0.02 to 0.04 between cosine and WSD.
    private const double AdaptiveGainShare = 0.0027;
    private const double PublishedGainShare = 0.008;

    // Schedules this far apart, in share of D, are as unlike as cosine and WSD.
    private const double UnlikeShare = 0.3;

    // Replicates of a law need no finer path than this share of the peak.
    private const double ReplicateShare = 1 / 500.0;

    public static LossForecast Forecast(LawFit fit, RatePath path, int points)
    {
        var updates = Places(fit, path, points);
        var losses = new double[updates.Length];
        fit.Law.Predict(path, updates, losses);
        var spreads = Spreads(fit, path, updates);
        var model = ModelShare(fit);
        var curve = ImmutableArray.CreateBuilder<ForecastPoint>(updates.Length);
        for (var i = 0; i < updates.Length; i++)
        {
            var error = model * losses[i] * Stretch(path.TimeAfter(updates[i]), fit.Range);
            var reach = Deviations * Math.Sqrt((spreads[i] * spreads[i]) + (error * error));
            curve.Add(new(updates[i], losses[i], losses[i] - reach, losses[i] + reach));
        }

        var final = curve[^1];
        return new(curve.ToImmutable(), final.Loss, final.Low, final.High, [.. fit.Cautions, .. ForecastCautions.Of(fit.Range, path)]);
    }

    public static LossGain Gain(LawFit fit, RatePath path, RatePath baseline)
    {
        var loss = fit.Law.PredictFinal(baseline);
        var gain = loss - fit.Law.PredictFinal(path);
        var (coarse, coarseBaseline) = (path.Coarsened(ReplicateShare), baseline.Coarsened(ReplicateShare));
        var spread = Deviation(fit.Replicates.Select(law => law.PredictFinal(coarseBaseline) - law.PredictFinal(coarse)));
        var model = (fit.Law.Kind is LawKind.AdaptiveSpectrum ? AdaptiveGainShare : PublishedGainShare) * loss * Math.Min(1, path.DistanceTo(baseline) / UnlikeShare);
        var reach = Deviations * Math.Sqrt((spread * spread) + (model * model));
        return new(gain, gain - reach, gain + reach,
        [
            ForecastCautions.Gain(fit.Law.Kind),
            .. fit.Cautions.Concat(ForecastCautions.Of(fit.Range, path)).Concat(ForecastCautions.Of(fit.Range, baseline)).Distinct(StringComparer.Ordinal),
        ]);
    }

    private static double ModelShare(LawFit fit)
    {
        var least = fit.Law.Kind is LawKind.AdaptiveSpectrum ? AdaptiveModelShare : PublishedModelShare;
        return fit.LeaveOneOut.Length == 0
            ? UnknownRatio * least
            : Math.Max(least, fit.LeaveOneOut.Average(score => Math.Abs(score.FinalError) / score.MeasuredFinal) / s_leaveOneOutExcess);
    }

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
