namespace Ntl.Domain.Leaderboard;

/// <summary>How an entry stands on a board; in the order in which rows are shown.</summary>
public enum EntryState
{
    /// <summary>Has enough seeds in complete batches, all finished: it has a rank.</summary>
    Ranked,

    /// <summary>Has enough seeds in complete batches, and at least one of them diverged: its mean is infinite, its rank the last.</summary>
    Diverged,

    /// <summary>Has too few seeds in complete batches yet: no rank, no interval, no test.</summary>
    Provisional,

    /// <summary>A run of it was stopped and not yet resumed to its end: no rank until then, however good the others are.</summary>
    Incomplete,
}
