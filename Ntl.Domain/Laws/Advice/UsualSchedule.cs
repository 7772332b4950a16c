using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>A schedule that people use anyway, at the setting under which a law ends lowest.</summary>
/// <param name="Name">For people: cosine, linear, WSD, constant.</param>
/// <param name="Schedule">The best of its kind.</param>
/// <param name="FinalLoss">What the law predicts at its end; nats/token.</param>
public sealed record UsualSchedule(string Name, ScheduleSpec Schedule, double FinalLoss);
