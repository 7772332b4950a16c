namespace Ntl.Domain.Laws;

/// <summary>A curve as a fit sees it: finite losses after the warm-up, averaged where there are very many.</summary>
internal sealed record TrainingCurve(string Name, RatePath Path, long[] Updates, double[] Losses)
{
    /// <summary>λ: the curve's, or the options' for curves that do not tell theirs; null where neither does.</summary>
    public double? WeightDecay { get; init; }


    /// <summary>The fewest losses that say anything about a law.</summary>
    public const int FewestPoints = 5;

    // The end of a dense log is averaged over this share of its points.
    private const int PointsAtEnd = 100;

    /// <summary>Takes what a fit uses of a curve.</summary>
    /// <param name="curve">A checked curve.</param>
    /// <param name="skippedTime">Losses before this D are left out, as those of the warm-up are.</param>
    /// <param name="options">How many points are kept, and the weight decay of curves that do not tell theirs.</param>
    public static TrainingCurve Of(LossCurve curve, double skippedTime, LawFitOptions options)
    {
        var warm = curve.Path.WarmupSteps;
        var points = curve.Described(skippedTime).Points;
        if (points.Length < FewestPoints)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Curve '{curve.Name}' has {points.Length} finite losses after its warm-up of {warm} steps and D = {skippedTime:g3}; a fit needs at least {FewestPoints}."), nameof(curve));
        }

        var bins = Math.Min(points.Length, options.MaximumPointsPerCurve);
        var (updates, losses) = (new long[bins], new double[bins]);
        for (var i = 0; i < bins; i++)
        {
            var bin = points[(int)((long)points.Length * i / bins)..(int)((long)points.Length * (i + 1) / bins)];
            (updates[i], losses[i]) = ((long)Math.Round(bin.Average(point => (double)point.Updates)), bin.Average(point => point.Loss));
        }

        return new(curve.Name, curve.Path, updates, losses) { WeightDecay = curve.WeightDecay ?? options.WeightDecay };
    }

    public TrainingCurve Where(ReadOnlyMemory<bool> kept)
    {
        var indices = Enumerable.Range(0, Losses.Length).Where(i => kept.Span[i]).ToList();
        return indices.Count < FewestPoints ? this : this with { Updates = [.. indices.Select(i => Updates[i])], Losses = [.. indices.Select(i => Losses[i])] };
    }

    /// <summary>How a law meets the curve.</summary>
    public CurveScore Score(LossLaw law)
    {
        var predicted = new double[Losses.Length];
        law.Predict(Path, Updates, predicted);
        var last = Math.Max(1, Losses.Length / PointsAtEnd);
        return new(Name, predicted.Zip(Losses, (p, l) => Math.Abs(p - l)).Average(), Losses[^last..].Average(), predicted[^last..].Average());
    }
}
