namespace Ntl.Training.Runs;

/// <summary>A journal holds bytes that no trainer wrote: storage damage, not a crash. What lies before <see cref="Offset"/> is sound.</summary>
/// <param name="path">The journal.</param>
/// <param name="offset">Where the damage begins, in bytes from the start of the file.</param>
/// <param name="reason">What is wrong there.</param>
public sealed class JournalCorruptException(string path, long offset, string reason)
    : Exception(FormattableString.Invariant($"The journal '{path}' is damaged at byte {offset}: {reason}."))
{
    /// <summary>Where the damage begins, in bytes from the start of the file.</summary>
    public long Offset { get; } = offset;
}
