using Ntl.Domain.Leaderboard;

namespace Ntl.Web.Leaderboard;

/// <summary>A track's board at one moment, under one set of rules.</summary>
/// <param name="Track">The track.</param>
/// <param name="Rules">The rules that ranked it.</param>
/// <param name="Results">What every entry's seeds did, as the rules judge it.</param>
/// <param name="Board">The ranking and its comparisons.</param>
/// <param name="Standings">The entries in the board's order.</param>
/// <param name="Authors">What each author has spent on this track, most first.</param>
/// <param name="ReadAt">When the runs were read.</param>
public sealed record TrackBoard(SavedTrack Track, RuleBook Rules, IReadOnlyList<EntryResults> Results, Board Board, IReadOnlyList<EntryStanding> Standings, IReadOnlyList<AuthorCost> Authors, DateTimeOffset ReadAt)
{
    /// <summary>Runs of all entries.</summary>
    public int RunCount => Standings.Sum(standing => standing.Runs.Count);

    /// <summary>Runs that have not ended.</summary>
    public int OpenCount => Standings.Sum(standing => standing.OpenCount);

    /// <summary>The entry's standing; null when it is not on the board.</summary>
    public EntryStanding? Find(string entryId) => Standings.FirstOrDefault(standing => string.Equals(standing.Entry.Id, entryId, StringComparison.Ordinal));
}
