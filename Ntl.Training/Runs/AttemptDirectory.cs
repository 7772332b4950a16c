namespace Ntl.Training.Runs;

/// <summary>The paths of one attempt: one start of one trainer, which alone writes here.</summary>
/// <param name="Number">One-based.</param>
/// <param name="Root">The directory, absolute.</param>
public sealed record AttemptDirectory(int Number, string Root)
{
    /// <summary>Checksummed records, append-only; see <see cref="JournalWriter"/>.</summary>
    public string JournalPath => Path.Combine(Root, "journal");

    /// <summary>The trainer's heartbeat; see <see cref="Lease"/>.</summary>
    public string LeasePath => Path.Combine(Root, "lease");

    /// <summary>The trainer's stdout and stderr.</summary>
    public string LogPath => Path.Combine(Root, "log.txt");

    /// <summary>Space set aside, so that a full disk still leaves room to say that it is full.</summary>
    public string ReservePath => Path.Combine(Root, "reserve");
}
