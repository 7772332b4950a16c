namespace Ntl.Domain.Laws;

/// <summary>The losses that a fit uses, curve after curve, each with its weight.</summary>
/// <remarks>A row weighs <c>1/(L·√n)</c>, n its curve's rows: errors count relative to the loss, and every curve counts the same.</remarks>
internal sealed class TrainingRows
{
    private TrainingRows(IReadOnlyList<TrainingCurve> curves)
    {
        Curves = curves;
        Losses = [.. curves.SelectMany(curve => curve.Losses)];
        Weights = [.. curves.SelectMany(curve => curve.Losses.Select(loss => 1 / (loss * Math.Sqrt(curve.Losses.Length))))];
        ReferenceRate = curves.Max(curve => curve.Path.Peak);
        Times = [.. curves.SelectMany(curve => curve.Updates.Select(curve.Path.TimeAfter))];
        LastTime = Times.Max();
        var decays = curves.Select(curve => curve.WeightDecay).OfType<double>().CountBy(decay => decay);
        WeightDecay = decays.OrderByDescending(pair => pair.Value).Select(pair => (double?)pair.Key).FirstOrDefault()
            ?? PeakTransferLaw.AssumedWeightDecay;
    }

    public IReadOnlyList<TrainingCurve> Curves { get; }

    public double[] Losses { get; }

    public double[] Weights { get; }

    /// <summary>D of each row.</summary>
    public double[] Times { get; }

    public int Count => Losses.Length;

    /// <summary>The highest rate of any curve.</summary>
    public double ReferenceRate { get; }

    public double LastTime { get; }

    /// <summary>λ of most curves that tell theirs; assumed where none does.</summary>
    public double WeightDecay { get; }

    /// <summary>The rows of curves.</summary>
    /// <exception cref="ArgumentException">A curve has too few losses, or none of the curves is left.</exception>
    public static TrainingRows Of(IReadOnlyList<LossCurve> curves, LawFitOptions options)
    {
        var skipped = options.SkippedShare * curves.Max(curve => curve.Path.IntrinsicTime);
        return new([.. curves.Select(curve => TrainingCurve.Of(curve, skipped, options))]);
    }

    /// <summary>The rows of some curves.</summary>
    /// <param name="isKept">Of a curve and its index.</param>
    public TrainingRows Where(Func<TrainingCurve, int, bool> isKept) => new([.. Curves.Where(isKept)]);

    /// <summary>The rows that a mask keeps; a curve keeps at least <see cref="TrainingCurve.FewestPoints"/>.</summary>
    public TrainingRows Where(bool[] kept)
    {
        List<TrainingCurve> curves = [];
        var first = 0;
        foreach (var curve in Curves)
        {
            var mask = kept.AsMemory(first, curve.Losses.Length);
            curves.Add(curve.Where(mask));
            first += curve.Losses.Length;
        }

        return new(curves);
    }

    /// <summary>A law's loss in each row.</summary>
    public double[] Predict(LossLaw law)
    {
        var losses = new double[Count];
        var first = 0;
        foreach (var curve in Curves)
        {
            law.Predict(curve.Path, curve.Updates, losses.AsSpan(first, curve.Losses.Length));
            first += curve.Losses.Length;
        }

        return losses;
    }

    /// <summary>Mean |predicted − measured| over all rows.</summary>
    public double MeanError(LossLaw law) => Predict(law).Zip(Losses, (predicted, loss) => Math.Abs(predicted - loss)).Average();
}
