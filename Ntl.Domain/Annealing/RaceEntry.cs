using Ntl.Domain.Schedules;

namespace Ntl.Domain.Annealing;

/// <summary>A schedule in a race.</summary>
/// <param name="Name">Shown beside the result.</param>
/// <param name="Schedule">Its rates.</param>
public sealed record RaceEntry(string Name, ScheduleSpec Schedule);
