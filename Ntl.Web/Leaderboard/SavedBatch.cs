using Ntl.Domain.Leaderboard.Tracks;

namespace Ntl.Web.Leaderboard;

/// <summary>Runs that were queued together for an entry.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Number">Counted from 1 within the entry.</param>
/// <param name="Purpose">Why.</param>
/// <param name="By">Who asked, as typed.</param>
/// <param name="Reason">In the asker's words; may be empty.</param>
/// <param name="Against">The other entry of a challenge; null otherwise.</param>
/// <param name="SeedCount">How many runs.</param>
/// <param name="CreatedAt">When.</param>
public sealed record SavedBatch(string EntryId, int Number, SeedPurpose Purpose, string By, string Reason, string? Against, int SeedCount, DateTimeOffset CreatedAt);
