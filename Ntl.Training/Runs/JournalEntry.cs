using Ntl.Domain.Runs;

namespace Ntl.Training.Runs;

/// <summary>One record and its place in the journal.</summary>
/// <param name="Offset">Where the record begins, in bytes.</param>
/// <param name="EndOffset">Where the next one begins.</param>
/// <param name="Record">What the trainer wrote.</param>
public readonly record struct JournalEntry(long Offset, long EndOffset, JournalRecord Record);
