namespace Ntl.Web.Leaderboard;

/// <summary>Puts schedules and fresh seeds on a track. Whatever is queued here counts, and stays.</summary>
public interface ISubmissions
{
    /// <summary>Submits a schedule: makes it an entry, draws its first seeds and queues their runs, all in one transaction or nothing. A schedule that is an entry already is answered with that entry, and no run is queued.</summary>
    Task<TrackOutcome> SubmitAsync(string trackId, Submission submission, CancellationToken cancellationToken);

    /// <summary>Draws fresh seeds for an entry, for both entries of a challenge, and queues their runs in turns, all in one transaction or nothing.</summary>
    Task<TrackOutcome> QueueSeedsAsync(string entryId, SeedRequest request, CancellationToken cancellationToken);
}
