using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>What of an entry's runs counts.</summary>
internal sealed class EntryEvidence
{
    private readonly List<SeedResult> _counted;
    private readonly int _stopped;
    private readonly int _waiting;
    private readonly SampleMean[] _looks;

    private EntryEvidence(string id, EntryState state, int batches, List<SeedResult> counted, SampleMean[] looks, IReadOnlyList<SeedResult> all)
    {
        (Id, State, Batches, _counted, _looks) = (id, state, batches, counted, looks);
        Whole = counted.Count > 0 ? SampleMean.Of([.. counted.Select(seed => seed.CountedLoss)]) : new(0, double.NaN, double.NaN);
        HeldOutMean = state == EntryState.Ranked && counted.TrueForAll(seed => seed.HeldOutLoss is { } loss && double.IsFinite(loss))
            ? counted.Average(seed => seed.HeldOutLoss!.Value)
            : double.NaN;
        _stopped = all.Count(seed => seed.Outcome == SeedOutcome.Stopped);
        _waiting = all.Count(seed => seed.Outcome == SeedOutcome.Waiting);
    }

    public string Id { get; }

    public EntryState State { get; }

    /// <summary>Complete batches from the first on.</summary>
    public int Batches { get; }

    /// <summary>Of all counted seeds.</summary>
    public SampleMean Whole { get; }

    /// <summary>Of all counted seeds; NaN where one was not measured, or the entry is not ranked.</summary>
    public double HeldOutMean { get; }

    /// <summary>What rows of one state are ordered by: an entry without any seed comes last.</summary>
    public double OrderingMean => double.IsNaN(Whole.Mean) ? double.PositiveInfinity : Whole.Mean;

    /// <summary>Looks that it has draws for.</summary>
    public int Looks => _looks.Length;

    /// <summary>Losses of its complete batches in order, +∞ for a diverged seed.</summary>
    public double[] Losses => Batches == 0 ? [] : [.. _counted.Select(seed => seed.CountedLoss)];

    /// <summary>Its losses at a look, from 1.</summary>
    public SampleMean At(int look) => _looks[look - 1];

    /// <summary>Its held-out losses at a look; null where one was not measured.</summary>
    public SampleMean? HeldOutAt(RuleBook rules, int look) =>
        double.IsNaN(HeldOutMean) ? null : SampleMean.Of([.. _counted.Take(look * rules.BatchSize).Select(seed => seed.HeldOutLoss!.Value)]);

    public static EntryEvidence Of(RuleBook rules, EntryResults entry)
    {
        RefuseDuplicates(entry.Id, entry.Seeds);
        var seeds = rules.Judge(entry.Seeds);
        var (complete, batches) = Complete(rules, seeds);
        var hasDiverged = complete.Exists(seed => seed.HasDiverged);
        var state = entry.Seeds.Any(seed => seed.Outcome == SeedOutcome.Stopped) ? EntryState.Incomplete
            : complete.Count < rules.MinimumSeeds ? EntryState.Provisional
            : hasDiverged ? EntryState.Diverged
            : EntryState.Ranked;
        List<SeedResult> counted = complete.Count > 0 ? complete : [.. seeds.Where(seed => seed.HasEnded)];
        var looks = state == EntryState.Ranked ? new SampleMean[Math.Min(batches, rules.MaximumLooks)] : [];
        double[] losses = [.. complete.Select(seed => seed.CountedLoss)];
        for (var k = 1; k <= looks.Length; k++)
        {
            looks[k - 1] = SampleMean.Of(losses.AsSpan(0, k * rules.BatchSize));
        }

        return new(entry.Id, state, batches, counted, looks, entry.Seeds);
    }

    public BoardRow Row(RuleBook rules, int? rank, int beatenBy) => new(
        Id,
        State,
        rank,
        Batches,
        _counted.Count,
        Whole.Mean,
        Whole.StandardDeviation,
        State == EntryState.Ranked ? Whole.Interval(rules.Confidence) : null,
        _counted.Count(seed => seed.HasDiverged),
        _stopped,
        _waiting,
        HeldOut(rules, beatenBy),
        _counted.Exists(seed => double.IsFinite(seed.CountedTokens)) ? Median.Of([.. _counted.Select(seed => seed.CountedTokens)]) : null);

    public TokensRow TokensRow(RuleBook rules)
    {
        double[] tokens = [.. _counted.Select(seed => seed.CountedTokens).Order()];
        var (interval, coverage) = MedianInterval.Of(tokens, rules.Confidence);
        return new(Id, null, tokens.Length, tokens.Count(double.IsInfinity), tokens.Length == 0 ? double.NaN : Median.Of(tokens), interval, coverage);
    }

    private HeldOutResult? HeldOut(RuleBook rules, int beatenBy)
    {
        if (double.IsNaN(HeldOutMean))
        {
            return null;
        }

        var gap = SampleMean.Of([.. _counted.Select(seed => seed.HeldOutLoss!.Value - seed.Loss)]);
        return new(HeldOutMean, gap.Mean, gap.Interval(rules.Confidence), beatenBy);
    }

    // From batch 1 up to the first that is not whole: a batch left out, or spoilt by a stopped run, hides all that came after it.
    private static (List<SeedResult> Seeds, int Batches) Complete(RuleBook rules, IReadOnlyList<SeedResult> seeds)
    {
        List<SeedResult> complete = new(seeds.Count);
        var batches = 0;
        foreach (var batch in seeds.GroupBy(seed => seed.Batch).OrderBy(batch => batch.Key))
        {
            if (batch.Key != batches + 1 || batch.Count() != rules.BatchSize || !batch.All(seed => seed.HasEnded))
            {
                break;
            }

            complete.AddRange(batch);
            batches++;
        }

        return (complete, batches);
    }

    public static void RefuseDuplicates(string entry, IReadOnlyList<SeedResult> all)
    {
        HashSet<long> seeds = new(all.Count);
        HashSet<string> runs = new(all.Count, StringComparer.Ordinal);
        foreach (var seed in all)
        {
            if (!seeds.Add(seed.Seed))
            {
                throw new DuplicateEvidenceException(entry, FormattableString.Invariant($"seed {seed.Seed}"));
            }

            if (!runs.Add(seed.Run))
            {
                throw new DuplicateEvidenceException(entry, $"run {seed.Run}");
            }
        }
    }
}
