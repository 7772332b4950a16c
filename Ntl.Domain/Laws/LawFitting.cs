using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>Fits laws to loss curves.</summary>
/// <remarks>
/// What is linear in a law follows by non-negative least squares at every point of a grid of what is not; the best point is then polished. Errors count relative to the loss, every curve the same. Intervals are a moving-block
/// bootstrap of the residuals; the law's own error is seen by predicting each schedule from the others.
/// </remarks>
public static class LawFitting
{
    // A loss so many robust standard deviations off the law, and as far off its neighbours' own misfit, is a spike and no part of a law.
    private const double SpikeRatio = 40;
    private const int SpikeNeighbours = 2;
    // Fits that a schedule left out may cost.
    private const int MostFolds = 12;

    private const double DeviationOfMedian = 1.4826; // of a normal law

    /// <summary>Fits one law.</summary>
    /// <param name="kind">The law.</param>
    /// <param name="curves">At least one; schedules of one model and data that differ, of which one cools, tell most.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work between grid points and replicates.</param>
    /// <exception cref="ArgumentException">There is no curve, or one has too few finite losses or impossible updates.</exception>
    public static LawFit Fit(LawKind kind, IReadOnlyList<LossCurve> curves, LawFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(curves);
        options ??= new();
        LawFitOptions.Check(options);
        if (curves.Count == 0)
        {
            throw new ArgumentException("A fit needs at least one curve.", nameof(curves));
        }

        foreach (var curve in curves)
        {
            LossCurve.Check(curve, nameof(curves));
        }

        var rows = TrainingRows.Of(curves, options);
        var (grid, result, spikes) = FitWithoutSpikes(kind, ref rows, cancellationToken);
        return new(result.Law)
        {
            Misfit = Math.Sqrt(result.Misfit),
            TrainError = rows.MeanError(result.Law),
            Train = [.. rows.Curves.Select(curve => curve.Score(result.Law))],
            Range = RangeOf(rows),
            Replicates = ResidualBootstrap.Of(rows, grid, result, options, cancellationToken),
            LeaveOneOut = options.LeaveOneOut ? LeaveOneOut(kind, rows, cancellationToken) : [],
            Cautions = FitCautions.Of(kind, rows, result.Law, spikes, options),
        };
    }

    private static LawShape ShapeOf(LawKind kind, TrainingRows rows) => kind switch
    {
        LawKind.Tissue => new TissueShape(rows),
        LawKind.MultiPower => new MultiPowerShape(rows),
        LawKind.FunctionalScaling => new FunctionalScalingShape(rows),
        LawKind.PeakTransfer => new PeakTransferShape(rows),
        _ => new RiverValleyShape(kind, rows),
    };

    private static (GridFit Grid, GridResult Result, int Spikes) FitWithoutSpikes(LawKind kind, ref TrainingRows rows, CancellationToken cancellationToken)
    {
        GridFit grid = new(rows, ShapeOf(kind, rows), cancellationToken);
        var result = grid.Best(rows.Losses, cancellationToken);
        var residuals = rows.Predict(result.Law).Zip(rows.Losses, (predicted, loss) => (predicted - loss) / loss).ToArray();
        var limit = SpikeRatio * DeviationOfMedian * residuals.Select(Math.Abs).Order().ElementAt(residuals.Length / 2);
        var kept = residuals.Select((residual, i) => Math.Min(Math.Abs(residual), Math.Abs(residual - Neighbours(residuals, i))) <= limit).ToArray();
        if (Array.TrueForAll(kept, isKept => isKept))
        {
            return (grid, result, 0);
        }

        var before = rows.Count;
        rows = rows.Where(kept);
        grid = new(rows, ShapeOf(kind, rows), cancellationToken);
        return (grid, grid.Best(rows.Losses, cancellationToken), before - rows.Count);
    }

    // The median of the residuals beside one; at a seam of two curves it mixes them, which only spares a spike there.
    private static double Neighbours(double[] residuals, int place)
    {
        var near = residuals[Math.Max(0, place - SpikeNeighbours)..Math.Min(residuals.Length, place + SpikeNeighbours + 1)];
        Array.Sort(near);
        return near[near.Length / 2];
    }

    // Each curve by itself; of many, a twelfth of the curves at a time, as the error hardly depends on how many are left out of so many.
    private static ImmutableArray<CurveScore> LeaveOneOut(LawKind kind, TrainingRows rows, CancellationToken cancellationToken)
    {
        var folds = Math.Min(rows.Curves.Count, MostFolds);
        var scores = new CurveScore?[rows.Curves.Count];
        for (var fold = 0; fold < folds && folds > 1; fold++)
        {
            var others = rows.Where((_, i) => i % folds != fold);
            // A law that never saw cooling says nothing of it; its error would not be this fit's.
            if (RiverValleyShape.IsCooled(rows) && !RiverValleyShape.IsCooled(others))
            {
                continue;
            }

            var law = new GridFit(others, ShapeOf(kind, others), cancellationToken).Best(others.Losses, cancellationToken).Law;
            for (var i = fold; i < scores.Length; i += folds)
            {
                scores[i] = rows.Curves[i].Score(law);
            }
        }

        return [.. scores.OfType<CurveScore>()];
    }

    private static ImmutableArray<double> InnerPeaks(TrainingRows rows)
    {
        List<double> peaks = [];
        foreach (var peak in rows.Curves.Select(curve => curve.Path.Peak).Order())
        {
            if (peaks.Count == 0 || peak > FittedRange.SamePeakRatio * peaks[^1])
            {
                peaks.Add(peak);
            }
        }

        return [.. peaks.Skip(1).Where(peak => peak * FittedRange.SamePeakRatio < rows.ReferenceRate)];
    }

    private static FittedRange RangeOf(TrainingRows rows)
    {
        var spacings = rows.Curves.SelectMany(curve => curve.Updates.Skip(1).Zip(curve.Updates, (to, from) => curve.Path.TimeAfter(to) - curve.Path.TimeAfter(from))).Order().ToList();
        return new(
            rows.Curves.Min(curve => curve.Path.Peak),
            rows.ReferenceRate,
            rows.Curves.Min(curve => curve.Updates.Min(curve.Path.RateAt)),
            rows.Times.Min(),
            rows.LastTime,
            rows.Curves.Max(curve => curve.Updates[^1]),
            spacings[spacings.Count / 2],
            RiverValleyShape.IsCooled(rows),
            rows.Curves.Any(curve => curve.Path.IsReheated))
        {
            InnerPeaks = InnerPeaks(rows),
        };
    }
}
