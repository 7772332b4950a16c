using Ntl.Domain.Schedules;

namespace Ntl.Web.Leaderboard;

/// <summary>A schedule that somebody submits to a track.</summary>
/// <param name="Schedule">The schedule; as many steps as the track has.</param>
/// <param name="Name">What to call the entry; empty for the schedule's own description.</param>
/// <param name="By">Who submits; 1 to 60 characters.</param>
/// <param name="Note">Anything that helps to judge it; at most 2,000 characters.</param>
/// <param name="FitId">A stored fit that predicts the loss before the first run; null for none.</param>
public sealed record Submission(ScheduleSpec Schedule, string Name, string By, string Note, string? FitId = null);
