using System.Collections.Immutable;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>A schedule that a fitted law ends lowest under, beside a baseline, with what is known of the gain.</summary>
/// <param name="Schedule">The suggestion, in ordinary phases: warm-up, hold, and a 1/t decay or a few points.</param>
/// <param name="Forecast">The loss curve that the law expects of it.</param>
/// <param name="Baseline">What it is compared with; as many steps.</param>
/// <param name="BaselineForecast">The loss curve that the law expects of the baseline.</param>
/// <param name="Usual">Constant, cosine, linear and WSD, each at its best setting under the law; the lowest first. Without a baseline of the user's own the first is the baseline.</param>
/// <param name="Gain">Baseline's final loss − suggestion's, with its 90 % band.</param>
/// <param name="ClosedForm">The best schedule in closed form, where the law has one river and one direction and the floor lets it; else null.</param>
/// <param name="Cautions">What must be said beside the suggestion, sentences; never empty; the first says how gains of laws have turned out.</param>
public sealed record ScheduleAdvice(
    ScheduleSpec Schedule,
    LossForecast Forecast,
    ScheduleSpec Baseline,
    LossForecast BaselineForecast,
    ImmutableArray<UsualSchedule> Usual,
    LossGain Gain,
    OptimalStableDecay? ClosedForm,
    ImmutableArray<string> Cautions);
