using Ntl.Domain.Leaderboard;

namespace Ntl.Web.Leaderboard;

/// <summary>An entry on the board: what it is, what its runs did, and what the rules make of it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Row">Its row under the rules.</param>
/// <param name="Runs">Its runs, those of robustness batches among them.</param>
public sealed record EntryStanding(SavedEntry Entry, BoardRow Row, IReadOnlyList<SeedRun> Runs)
{
    /// <summary>Runs that have not ended.</summary>
    public int OpenCount => Runs.Count(run => !Domain.Runs.RunLifecycle.IsFinal(run.Status));
}
