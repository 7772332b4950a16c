using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>Measures how often the 90 % band of a law holds a final loss that its fit had not seen.</summary>
/// <remarks>A law is fitted to some curves of a family and predicts the rest. A band is honest where about 90 % of the finals lie inside: fewer means too sure, all means too wide to be of use.</remarks>
public static class BandCoverage
{
    // A fit needs a schedule to leave out.
    private const int FewestCurves = 3;

    // Simulated studies of each truth, each with three curves drawn for training.
    private const int Draws = 6;

    // Autocorrelation of a log's noise from row to row.
    private const double NoiseMemory = 0.5;

    /// <summary>Runs a study.</summary>
    /// <param name="kind">The law whose bands are judged.</param>
    /// <param name="study">How curves are kept out.</param>
    /// <param name="curves">Curves of one model and data; all of them must have enough losses for a fit.</param>
    /// <param name="options">Of every fit; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work between fits.</param>
    /// <returns>A row for each unseen final; none where the curves do not allow the study.</returns>
    public static IEnumerable<CoveredFinal> Of(LawKind kind, CoverageStudy study, IReadOnlyList<LossCurve> curves, LawFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(curves);
        options ??= new();
        var peaks = ByPeak(curves);
        return study switch
        {
            CoverageStudy.LeaveOneOut => peaks.Where(peak => peak.Count > FewestCurves).SelectMany(peak =>
                peak.SelectMany(curve => Judge(kind, study, [.. peak.Where(other => !ReferenceEquals(other, curve))], [curve], options, cancellationToken))),
            CoverageStudy.LeaveOnePeakOut => peaks.Count < 2 ? [] : peaks.SelectMany(peak =>
                Judge(kind, study, [.. curves.Where(curve => !peak.Contains(curve))], peak, options, cancellationToken)),
            CoverageStudy.OnePeak => peaks.Count < 2 ? [] : peaks.Where(peak => peak.Count >= FewestCurves).SelectMany(peak =>
                Judge(kind, study, peak, [.. curves.Where(curve => !peak.Contains(curve))], options, cancellationToken)),
            CoverageStudy.Simulated => Simulate(kind, peaks, options, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(study), study, "There is no such study."),
        };
    }

    private static List<List<LossCurve>> ByPeak(IReadOnlyList<LossCurve> curves)
    {
        List<List<LossCurve>> peaks = [];
        foreach (var curve in curves.OrderBy(curve => curve.Path.Peak))
        {
            if (peaks is [.., var last] && curve.Path.Peak <= FittedRange.SamePeakRatio * last[0].Path.Peak)
            {
                last.Add(curve);
            }
            else
            {
                peaks.Add([curve]);
            }
        }

        return peaks;
    }

    private static IEnumerable<CoveredFinal> Judge(
        LawKind kind, CoverageStudy study, List<LossCurve> train, List<LossCurve> test, LawFitOptions options, CancellationToken cancellationToken)
    {
        if (train.Count < FewestCurves)
        {
            yield break;
        }

        var fit = LawFitting.Fit(kind, train, options, cancellationToken);
        foreach (var curve in test)
        {
            yield return Row(fit, study, curve, curve.Points.Last(point => double.IsFinite(point.Loss)).Loss);
        }
    }

    // The band is given at the last loss measured, which may stand before the schedule's end.
    private static CoveredFinal Row(LawFit fit, CoverageStudy study, LossCurve curve, double measured)
    {
        var last = fit.ForecastAt(curve.Path, curve.Points.Last(point => double.IsFinite(point.Loss)).Updates);
        return new(fit.Law.Kind, study, curve.Name, fit.Range.PeakDistance(curve.Path.Peak), measured, last.Loss, last.Low ?? double.NaN, last.High ?? double.NaN);
    }

    // The truth is another law's fit to the real curves, as no law that is fitted is ever the whole truth; the noise is as large as that fit's residuals.
    private static IEnumerable<CoveredFinal> Simulate(LawKind kind, List<List<LossCurve>> peaks, LawFitOptions options, CancellationToken cancellationToken)
    {
        foreach (var peak in peaks.Where(peak => peak.Count > FewestCurves))
        {
            foreach (var truth in Truths(kind, peak, options, cancellationToken))
            {
                Random random = new(options.Seed);
                for (var draw = 0; draw < Draws; draw++)
                {
                    var simulated = peak.Select(curve => Simulated(truth, curve, random)).OrderBy(_ => random.Next()).ToList();
                    var fit = LawFitting.Fit(kind, [.. simulated.Take(FewestCurves).Select(pair => pair.Curve)], options, cancellationToken);
                    foreach (var (curve, final) in simulated.Skip(FewestCurves))
                    {
                        yield return Row(fit, CoverageStudy.Simulated, curve, final);
                    }
                }
            }
        }
    }

    private static IEnumerable<LawFit> Truths(LawKind kind, IReadOnlyList<LossCurve> curves, LawFitOptions options, CancellationToken cancellationToken) =>
        new[] { LawKind.Newton, LawKind.Tissue, LawKind.AdaptiveSpectrum }.Where(other => other != kind)
            .Select(other => LawFitting.Fit(other, curves, options with { Replicates = 0, LeaveOneOut = false }, cancellationToken));

    private static (LossCurve Curve, double Final) Simulated(LawFit truth, LossCurve curve, Random random)
    {
        var points = curve.Points.Where(point => double.IsFinite(point.Loss)).ToImmutableArray();
        var losses = new double[points.Length];
        truth.Law.Predict(curve.Path, [.. points.Select(point => point.Updates)], losses);
        var final = losses[^1];
        var (size, noise) = (truth.TrainError / final, 0.0);
        for (var i = 0; i < losses.Length; i++)
        {
            noise = (NoiseMemory * noise) + (Math.Sqrt(1 - (NoiseMemory * NoiseMemory)) * size * Normal(random));
            losses[i] *= 1 + noise;
        }

        return (curve with { Points = [.. points.Select((point, i) => point with { Loss = losses[i] })] }, final);
    }

    // Box and Muller; a simulation needs no faster one.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
