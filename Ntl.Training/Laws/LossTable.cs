using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Training.Laws;

/// <summary>A training's log on the command line.</summary>
/// <param name="Name">The file's, or the run's where its file holds several.</param>
/// <param name="Rates">(step, rate) of the log; empty where a schedule stands for them.</param>
/// <param name="Losses">Losses, each after its step's update.</param>
/// <param name="Schedule">The rates of a log that has none; null where it has them.</param>
internal sealed record LossTable(string Name, IReadOnlyList<RatePoint> Rates, IReadOnlyList<LossPoint> Losses, ScheduleSpec? Schedule);
