using Ntl.Domain.Leaderboard.Tracks;

namespace Ntl.Web.Leaderboard;

/// <summary>A track as it is stored.</summary>
/// <param name="Id">Ten characters, formed like a run's identity.</param>
/// <param name="Spec">What it fixes.</param>
/// <param name="SpecHash">SHA-256 of the spec with its name left out.</param>
/// <param name="By">Who opened it, as typed.</param>
/// <param name="Note">What it is for; may be empty.</param>
/// <param name="CreatedAt">When.</param>
public sealed record SavedTrack(string Id, TrackSpec Spec, string SpecHash, string By, string Note, DateTimeOffset CreatedAt);
