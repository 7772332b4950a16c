using Ntl.Domain.Leaderboard.Tracks;

namespace Ntl.Web.Leaderboard;

/// <summary>A track to be opened.</summary>
/// <param name="Spec">What it fixes.</param>
/// <param name="By">Who opens it; 1 to 60 characters.</param>
/// <param name="Note">What it is for; at most 2,000 characters.</param>
public sealed record NewTrack(TrackSpec Spec, string By, string Note);
