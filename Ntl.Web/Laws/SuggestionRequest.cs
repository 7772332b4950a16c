using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Laws;

/// <summary>A question for a schedule.</summary>
/// <param name="FitId">The saved fit to ask.</param>
/// <param name="Constraints">What the schedule must keep to.</param>
/// <param name="Baseline">What to compare it with; null for the best of constant, cosine, linear and WSD under the law.</param>
public sealed record SuggestionRequest(string FitId, AdviceConstraints Constraints, ScheduleSpec? Baseline);
