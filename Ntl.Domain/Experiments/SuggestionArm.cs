using Ntl.Domain.Schedules;

namespace Ntl.Domain.Experiments;

/// <summary>One side of a comparison of two schedules.</summary>
/// <param name="Schedule">What its runs train under.</param>
/// <param name="Forecast">What was predicted of it.</param>
public sealed record SuggestionArm(ScheduleSpec Schedule, RunForecast Forecast);
