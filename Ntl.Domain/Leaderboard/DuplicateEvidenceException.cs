namespace Ntl.Domain.Leaderboard;

/// <summary>The same seed or run stands twice in an entry, or the same entry twice on a board: repeats of one draw are not draws.</summary>
/// <param name="entry">Id of the entry.</param>
/// <param name="what">What stands twice, in words, such as "seed 7".</param>
public sealed class DuplicateEvidenceException(string entry, string what) : Exception($"Entry {entry} has {what} twice: repeats of one draw are no evidence.")
{
    /// <summary>Id of the entry.</summary>
    public string Entry { get; } = entry;
}
