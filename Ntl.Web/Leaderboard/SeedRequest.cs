using Ntl.Domain.Leaderboard.Tracks;

namespace Ntl.Web.Leaderboard;

/// <summary>More runs asked for an entry. How many, the rules say.</summary>
/// <param name="Purpose">Why.</param>
/// <param name="By">Who asks; 1 to 60 characters.</param>
/// <param name="Reason">In the asker's words; at most 2,000 characters, needed for a challenge.</param>
/// <param name="Against">The other entry of a challenge, or that the entry is to be separated from; null otherwise.</param>
public sealed record SeedRequest(SeedPurpose Purpose, string By, string Reason, string? Against = null);
