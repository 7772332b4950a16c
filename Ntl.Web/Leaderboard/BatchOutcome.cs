namespace Ntl.Web.Leaderboard;

/// <summary>What came of a batch, in public.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Word">In a word or two, such as "reproduced".</param>
/// <param name="Why">In one sentence; empty where there is nothing to judge.</param>
/// <param name="IsGood">Whether it speaks for the entry; null where it says nothing.</param>
public sealed record BatchOutcome(SavedBatch Batch, string Word, string Why, bool? IsGood);
