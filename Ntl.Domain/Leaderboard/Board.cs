namespace Ntl.Domain.Leaderboard;

/// <summary>A track's entries, ranked by mean loss in groups of tied entries.</summary>
/// <remarks>
/// The lowest mean opens a group, and later entries join it while they are not separated from that group's leader; the first that is separated opens the next. Being tied is no equivalence: a leader may be tied
/// with two entries that are separated from each other, and the last of a group with the leader of the next. So an entry's group says what it differs from significantly, not what it equals; <see cref="Compare"/>
/// tells of any two. The whole of it: docs/theory/leaderboard.md.
/// </remarks>
public sealed class Board
{
    private readonly List<EntryEvidence> _ranked;
    private readonly Dictionary<string, EntryEvidence> _entries;
    private readonly PairTests _pairs;

    private Board(RuleBook rules, List<BoardRow> rows, List<EntryEvidence> ranked, Dictionary<string, EntryEvidence> entries, PairTests pairs)
    {
        (Rules, Rows, _ranked, _entries, _pairs) = (rules, rows, ranked, entries, pairs);
    }

    /// <summary>What it was ranked by.</summary>
    public RuleBook Rules { get; }

    /// <summary>In order: ranked entries by group and mean, diverged, provisional and incomplete ones.</summary>
    public IReadOnlyList<BoardRow> Rows { get; }

    /// <summary>Pairs of ranked entries, all of which are compared.</summary>
    public int Pairs => _pairs.Count;

    /// <summary>Of them, how many are separated.</summary>
    public int SeparatedPairs => _pairs.Separated;

    /// <summary>Ranks entries.</summary>
    /// <param name="rules">By which.</param>
    /// <param name="entries">In any order; may be empty. Ids are unique.</param>
    /// <exception cref="DuplicateEvidenceException">An entry has a seed or a run twice, or the board an entry.</exception>
    public static Board Of(RuleBook rules, IReadOnlyList<EntryResults> entries)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(entries);
        Dictionary<string, EntryEvidence> byId = new(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!byId.TryAdd(entry.Id, EntryEvidence.Of(rules, entry)))
            {
                throw new DuplicateEvidenceException(entry.Id, "a row");
            }
        }

        // Ids break ties of means, so that the same evidence always gives the same board.
        List<EntryEvidence> ordered = [.. byId.Values.OrderBy(entry => entry.State).ThenBy(entry => entry.OrderingMean).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
        List<EntryEvidence> ranked = [.. ordered.TakeWhile(entry => entry.State == EntryState.Ranked)];
        PairTests pairs = PairTests.Of(rules, ranked);
        var (ranks, beaten) = (Group(ranked.Count, pairs), BeatenOnHeldOut(ranked, pairs));
        var last = ranks.Length > 0 ? ranks[^1] + 1 : 1;
        List<BoardRow> rows = [.. ordered.Select((entry, place) => entry.State switch
        {
            EntryState.Ranked => entry.Row(rules, ranks[place], beaten[place]),
            EntryState.Diverged => entry.Row(rules, last, 0),
            _ => entry.Row(rules, null, 0),
        })];
        return new(rules, rows, ranked, byId, pairs);
    }

    /// <summary>The lowest mean of the entries that would be ranked, without comparing them; null where none would be.</summary>
    /// <param name="rules">By which.</param>
    /// <param name="entries">In any order; may be empty.</param>
    /// <exception cref="DuplicateEvidenceException">An entry has a seed or a run twice.</exception>
    public static double? LowestMean(RuleBook rules, IEnumerable<EntryResults> entries)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(entries);
        return entries.Select(entry => EntryEvidence.Of(rules, entry)).Where(entry => entry.State == EntryState.Ranked).Min(entry => (double?)entry.Whole.Mean);
    }

    /// <summary>Compares two entries.</summary>
    /// <param name="first">Id of an entry on the board.</param>
    /// <param name="second">Id of another.</param>
    /// <remarks>The first call corrects every pair's p, which for thousands of entries takes longer than ranking them.</remarks>
    /// <exception cref="ArgumentException">There is no such entry, or both are the same.</exception>
    public PairComparison Compare(string first, string second)
    {
        var (a, b) = (Find(first), Find(second));
        if (ReferenceEquals(a, b))
        {
            throw new ArgumentException($"{first} is the same entry as {second}.", nameof(second));
        }

        return a.State != EntryState.Ranked || b.State != EntryState.Ranked
            ? PairReading.NotRanked(a, b)
            : PairReading.Of(Rules, _pairs, a, b, _ranked.IndexOf(a), _ranked.IndexOf(b));
    }

    private EntryEvidence Find(string id) =>
        _entries.TryGetValue(id, out var entry) ? entry : throw new ArgumentException($"There is no entry {id} on the board.", nameof(id));

    private static int[] Group(int count, PairTests pairs)
    {
        var ranks = new int[count];
        var (leader, group) = (0, 1);
        for (var i = 0; i < count; i++)
        {
            if (pairs.IsSeparated(leader, i))
            {
                (leader, group) = (i, group + 1);
            }

            ranks[i] = group;
        }

        return ranks;
    }

    private static int[] BeatenOnHeldOut(List<EntryEvidence> ranked, PairTests pairs)
    {
        double[] means = [.. ranked.Select(entry => entry.HeldOutMean)];
        var beaten = new int[means.Length];
        for (var i = 0; i < means.Length; i++)
        {
            for (var j = i + 1; j < means.Length; j++)
            {
                // NaN, where the slice was not measured, beats none and is beaten by none.
                beaten[i] += means[j] < means[i] && pairs.IsSeparated(i, j) ? 1 : 0;
            }
        }

        return beaten;
    }
}
