namespace Ntl.Web.Leaderboard;

/// <summary>A track as the list shows it.</summary>
/// <param name="Track">The track.</param>
/// <param name="EntryCount">Schedules submitted.</param>
/// <param name="RunCount">Runs queued for them.</param>
/// <param name="FinishedCount">Of these, trained to the end.</param>
/// <param name="BestMean">Lowest mean loss of an entry that the track's rules rank; nats per token, null while there is none.</param>
public sealed record TrackRow(SavedTrack Track, int EntryCount, int RunCount, int FinishedCount, double? BestMean);
