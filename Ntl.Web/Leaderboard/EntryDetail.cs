namespace Ntl.Web.Leaderboard;

/// <summary>Everything that is stored of an entry.</summary>
/// <param name="Track">Its track.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Batches">Its batches, and the other entry's of a challenge against it, oldest first.</param>
/// <param name="Runs">All runs of the entry, by batch and place in the queue.</param>
public sealed record EntryDetail(SavedTrack Track, SavedEntry Entry, IReadOnlyList<SavedBatch> Batches, IReadOnlyList<SeedRun> Runs);
