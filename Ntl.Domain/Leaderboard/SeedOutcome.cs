namespace Ntl.Domain.Leaderboard;

/// <summary>What became of one seed of an entry.</summary>
public enum SeedOutcome
{
    /// <summary>Queued or running. A run that a person paused is <see cref="Stopped"/>: it would wait for ever.</summary>
    Waiting,

    /// <summary>Ran to its end, with a finite loss.</summary>
    Finished,

    /// <summary>Failed by itself: its loss became NaN or infinite. It counts as the worst there is, +∞.</summary>
    Diverged,

    /// <summary>Finished, but so high that the rules count it as diverged, +∞: by their <see cref="Runs.ExplosionRule"/>, or against its entry's best seed.</summary>
    Exploded,

    /// <summary>Paused, cancelled, or failed for reasons of the machine. The entry is incomplete until the run is resumed to its end; no other seed takes its place.</summary>
    Stopped,
}
