namespace Ntl.Domain.Leaderboard;

/// <summary>An entry of a track with every run that was ever queued for it.</summary>
/// <param name="Id">Unique on its board.</param>
/// <param name="Seeds">In any order; none may be left out, whatever became of it. May be empty.</param>
public sealed record EntryResults(string Id, IReadOnlyList<SeedResult> Seeds);
