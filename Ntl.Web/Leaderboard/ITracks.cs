namespace Ntl.Web.Leaderboard;

/// <summary>Tracks and what was submitted to them. Nothing here is ever changed or deleted: it is evidence.</summary>
public interface ITracks
{
    /// <summary>All tracks, newest first.</summary>
    Task<IReadOnlyList<TrackRow>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A track; null when there is none of this id.</summary>
    Task<SavedTrack?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Opens a track.</summary>
    Task<TrackOutcome> OpenAsync(NewTrack track, CancellationToken cancellationToken);

    /// <summary>What the entry's runs ran with, as their trainers said it: each property with every value that it had.</summary>
    Task<IReadOnlyList<(string Name, IReadOnlyList<string> Values)>> EnvironmentsAsync(string entryId, CancellationToken cancellationToken);

    /// <summary>An entry with its batches and runs; null when there is none of this id.</summary>
    Task<EntryDetail?> FindEntryAsync(string id, CancellationToken cancellationToken);
}
