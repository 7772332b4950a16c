using Ntl.Domain.Experiments;
using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Advice;

namespace Ntl.Web.Laws;

/// <summary>An answer.</summary>
/// <param name="Fit">The fit that was asked.</param>
/// <param name="Constraints">What was asked.</param>
/// <param name="Advice">The schedule and what is known of its gain.</param>
public sealed record Suggestion(SavedFit Fit, AdviceConstraints Constraints, ScheduleAdvice Advice)
{
    /// <summary>The suggestion's side of an experiment.</summary>
    public SuggestionArm Suggested => new(Advice.Schedule, Forecast(Advice.Forecast) with { Gain = new(Advice.Gain.Gain, Advice.Gain.Low, Advice.Gain.High) });

    /// <summary>The baseline's side.</summary>
    public SuggestionArm Baseline => new(Advice.Baseline, Forecast(Advice.BaselineForecast));

    private RunForecast Forecast(LossForecast forecast) => new(Fit.Id.Value, Fit.LawTitle, forecast.FinalLoss, forecast.FinalLow, forecast.FinalHigh);
}
