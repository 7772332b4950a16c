using Ntl.Domain.Leaderboard.Tracks;

namespace Ntl.Web.Persistence;

/// <summary>Table <c>seed_batches</c>: runs that were queued together for an entry. Never deleted: it is evidence.</summary>
public sealed class SeedBatchEntity
{
    public required string EntryId { get; set; }

    /// <summary>Counted from 1 within the entry.</summary>
    public int Number { get; set; }

    public SeedPurpose Purpose { get; set; }

    public required string By { get; set; }

    /// <summary>Why, in the asker's words; may be empty.</summary>
    public required string Reason { get; set; }

    /// <summary>The other entry of a challenge; null otherwise.</summary>
    public string? AgainstEntryId { get; set; }

    public int SeedCount { get; set; }

    public long CreatedTicks { get; set; }
}
