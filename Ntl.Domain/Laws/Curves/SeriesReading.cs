namespace Ntl.Domain.Laws.Curves;

/// <summary>One series of a run, its steps rising, with what was left out of it and why.</summary>
/// <param name="Samples">As logged, NaN and ±∞ among them.</param>
/// <param name="Repeated">Steps that had several values that differ: the last finite one stands.</param>
/// <param name="Superseded">Steps of values that a later attempt of the run replaced.</param>
internal sealed record SeriesReading(IReadOnlyList<LossSample> Samples, IReadOnlyList<long> Repeated, IReadOnlyList<long> Superseded)
{
    // Where most neighbours are as far apart, a longer way is a gap; else the log has no spacing.
    private const double SpacedShare = 0.6;

    // Where NaN stands between values again and again, it is how the file writes an empty cell.
    private const double FilledShare = 0.3;
    private const int FilledStretches = 3;

    public static SeriesReading None { get; } = new([], [], []);

    /// <summary>What a curve is made of: finite values above 0.</summary>
    public IReadOnlyList<LossSample> Positive { get; } = [.. Samples.Where(sample => double.IsFinite(sample.Loss) && sample.Loss > 0)];

    public IReadOnlyList<long> NotFinite { get; } = [.. Samples.Where(sample => !double.IsFinite(sample.Loss)).Select(sample => sample.Step)];

    public IReadOnlyList<long> NotPositive { get; } = [.. Samples.Where(sample => sample.Loss <= 0 && double.IsFinite(sample.Loss)).Select(sample => sample.Step)];

    /// <summary>Whether NaN stands for an empty cell.</summary>
    public bool IsFilledWithNaN
    {
        get
        {
            var (stretches, longest, length) = (0, 0, 0);
            foreach (var sample in Samples)
            {
                (stretches, longest, length) = double.IsFinite(sample.Loss) ? (stretches + (length > 0 ? 1 : 0), Math.Max(longest, length), 0) : (stretches, longest, length + 1);
            }

            return stretches >= FilledStretches && length <= longest && NotFinite.Count >= FilledShare * Samples.Count && Samples.All(sample => !double.IsInfinity(sample.Loss));
        }
    }

    /// <summary>Whether the run ends with a value that is not finite.</summary>
    public bool IsDiverged => Samples is [.., var last] && !double.IsFinite(last.Loss) && !IsFilledWithNaN;

    /// <summary>Stretches of steps without a value, in a log that is evenly spaced but for them.</summary>
    public IReadOnlyList<(long First, long Last)> Gaps
    {
        get
        {
            if (Samples.Count < 3)
            {
                return [];
            }

            var spacings = Samples.Zip(Samples.Skip(1), (from, to) => to.Step - from.Step).ToList();
            var usual = spacings.Order().ElementAt(spacings.Count / 2);
            return spacings.Count(spacing => spacing == usual) < SpacedShare * spacings.Count
                ? []
                : [.. spacings.Index().Where(pair => pair.Item > 1.5 * usual).Select(pair => (Samples[pair.Index].Step + usual, Samples[pair.Index + 1].Step - usual))
                    .Select(gap => gap.Item2 < gap.Item1 ? (gap.Item1, gap.Item1) : gap)];
        }
    }
}
