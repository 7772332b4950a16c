namespace Ntl.Web.Leaderboard;

/// <summary>The boards of tracks, computed once for all who look.</summary>
public interface ITrackBoards
{
    /// <summary>The board now.</summary>
    /// <param name="trackId">The track.</param>
    /// <param name="rules">Which rules; null for those that the track was opened under.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such track, or no such rules.</returns>
    Task<TrackBoard?> ReadAsync(string trackId, string? rules, CancellationToken cancellationToken);

    /// <summary>The board now, and again at once when a run of it comes, begins or ends; the progress of a run is told every two seconds. Ends at once when there is no such board.</summary>
    IAsyncEnumerable<TrackBoard> WatchAsync(string trackId, string? rules, CancellationToken cancellationToken);
}
