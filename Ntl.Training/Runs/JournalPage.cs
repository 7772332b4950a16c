namespace Ntl.Training.Runs;

/// <summary>What one read of a journal found.</summary>
/// <param name="Entries">Whole, sound records, in order.</param>
/// <param name="NextOffset">Where to read on; keep it with what was made of the records.</param>
/// <param name="PendingBytes">Bytes after <paramref name="NextOffset"/> that are not a whole record within the page: more to read, or, once the trainer has ended and no further read brings entries, a torn tail to be ignored.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, long NextOffset, long PendingBytes);
