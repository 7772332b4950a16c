using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Leaderboard.Statistics;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Leaderboard;

/// <summary>The rules of a leaderboard: numbers that decide, and the sentences in which the board shows them. A version never changes; a new rule is a new version.</summary>
public sealed record RuleBook
{
    private RuleBook()
    {
    }

    /// <summary>Its name, such as "1"; stands on every row that was ranked by it.</summary>
    public required string Version { get; init; }

    /// <summary>α: how often any two equal entries of a board may be declared different, over all pairs and looks.</summary>
    public required double Level { get; init; }

    /// <summary>Of the intervals shown, such as 0.95.</summary>
    public required double Confidence { get; init; }

    /// <summary>Seeds in complete batches below which an entry is provisional.</summary>
    public required int MinimumSeeds { get; init; }

    /// <summary>Seeds that are drawn, and judged, together.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Looks at a pair of entries; batches past it do not count in tests.</summary>
    public required int MaximumLooks { get; init; }

    /// <summary>Power that "so many more seeds would tell" aims at.</summary>
    public required double Power { get; init; }

    /// <summary>How much worse than the entry's earlier seeds a reproduction may be, in standard deviations of one seed.</summary>
    public required double ReproductionMargin { get; init; }

    /// <summary>When a seed of finite loss counts as diverged; null for never.</summary>
    public ExplosionRule? Explosion { get; init; }

    /// <summary>How far above the best seed of its entry a seed may end, nats/token; one that ends higher has broken down and counts as diverged. Null for any distance.</summary>
    public double? SeedGap { get; init; }

    /// <summary>The rules in words, one sentence or two each, as the board shows them.</summary>
    public required ImmutableArray<string> Sentences { get; init; }

    /// <summary>The sequential rule that these numbers make.</summary>
    public SequentialRule Sequential => new(Level, BatchSize, MaximumLooks) { Power = Power, Confidence = Confidence };

    /// <summary>The seeds of an entry with those that broke down, by <see cref="SeedGap"/>, marked as <see cref="SeedOutcome.Exploded"/>.</summary>
    /// <param name="seeds">All of the entry.</param>
    public IReadOnlyList<SeedResult> Judge(IReadOnlyList<SeedResult> seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        if (SeedGap is not { } gap)
        {
            return seeds;
        }

        var best = seeds.Where(IsMeasured).Select(seed => seed.Loss).DefaultIfEmpty(double.NaN).Min();
        return seeds.Any(HasBrokenDown) ? [.. seeds.Select(seed => HasBrokenDown(seed) ? seed with { Outcome = SeedOutcome.Exploded } : seed)] : seeds;

        static bool IsMeasured(SeedResult seed) => seed.Outcome == SeedOutcome.Finished && double.IsFinite(seed.Loss);
        bool HasBrokenDown(SeedResult seed) => IsMeasured(seed) && seed.Loss - best > gap;
    }

    /// <summary>Every version, oldest first.</summary>
    public static ImmutableArray<RuleBook> All { get; } = [First(), Second()];

    /// <summary>The version that new tracks are ranked by.</summary>
    public static RuleBook Current => All[^1];

    /// <summary>A version by its name.</summary>
    /// <param name="version">Such as "1".</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static RuleBook Of(string version) =>
        All.FirstOrDefault(rules => string.Equals(rules.Version, version, StringComparison.Ordinal))
        ?? throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There is no rule book \"{version}\"; there are: {string.Join(", ", All.Select(rules => rules.Version))}."), nameof(version));

    /// <summary>Two versions are the same if their names are: a version never changes.</summary>
    /// <param name="other">Null equals none.</param>
    public bool Equals(RuleBook? other) => string.Equals(Version, other?.Version, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Version);

    private static RuleBook First() => new()
    {
        Version = "1",
        Level = 0.05,
        Confidence = 0.95,
        MinimumSeeds = 5,
        BatchSize = 5,
        MaximumLooks = 8,
        Power = 0.8,
        ReproductionMargin = 2,
        Sentences =
        [
            "An entry is a schedule on a track: same data, model, batch, token budget, optimizer and validation slices for all.",
            "The server draws the seeds, in batches of 5. No seed counts twice.",
            "The score of a seed is its validation loss after the last step. No earlier evaluation counts.",
            "A batch counts when all of its 5 seeds have ended. Nothing inside a batch is judged before.",
            "Every run counts. A run that diverges counts as +∞, and its entry stands last. A run that was stopped leaves its entry without a rank until it is resumed to its end; no other run replaces it.",
            "Below 5 counted seeds an entry is provisional: shown, not ranked.",
            "Entries are ordered by mean loss. The interval beside it is Student's, at 95 %.",
            "Two entries are compared by Welch's test on the first k batches of each, k as large as both have, at most 8. Its p is multiplied by k·(1 + 1/2 + … + 1/8), as there are 8 looks, then corrected by Holm over all pairs of ranked entries.",
            "Two entries differ if that p is at most 0.05. On a board of equal entries any such claim is made in at most 5 % of boards; where the noise of seeds is skewed, and much wider for some entries than for others, in more.",
            "The lowest mean leads a group; the next entries join it until one differs from the leader and leads a group of its own. Entries of one group are tied: their order within it means nothing.",
            "A held-out slice is shown for ranked entries only. An entry that another one, ranked apart below it, beats on the held-out slice is marked.",
            "Anyone may ask for a reproduction: a fresh batch of the entry. It is reproduced if the fresh mean is surely less than 2 standard deviations of a seed worse, not reproduced if it is surely worse, and inconclusive otherwise.",
            "Anyone may challenge a claim that one entry is lower: fresh batches of both, and only those, are tested at 0.05. The outcome is public either way.",
            "Rules have a version. A row ranked by another version is another row.",
        ],
    };

    // As the first, but that a seed may not explode unpunished, and that no bad seed may help.
    private static RuleBook Second()
    {
        var first = First();
        return first with
        {
            Version = "2",
            Explosion = ExplosionRule.Current,
            SeedGap = 0.5,
            Sentences =
            [
                .. first.Sentences.Select(sentence => !sentence.StartsWith("Every run counts.", StringComparison.Ordinal) ? sentence : sentence
                    + " A run that finishes more than 0.5 nats/token above the loss of a uniform guess (ln V for V kinds of token), or more than 2 above its own lowest validation loss, has exploded; "
                    + "one that finishes more than 0.5 above the best seed of its entry has broken down. Either counts as diverged: a bad seed may widen an entry's spread until no difference is significant, and must not help."),
            ],
        };
    }
}
