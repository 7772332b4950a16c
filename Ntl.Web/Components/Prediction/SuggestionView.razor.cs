using Microsoft.AspNetCore.Components;
using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Plots;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>A suggested schedule: what it is, what it may gain, and when not to believe it.</summary>
public sealed partial class SuggestionView
{
    private IReadOnlyList<Plot> _plots = [];
    private Suggestion? _drawn;

    [Parameter, EditorRequired]
    public Suggestion Suggestion { get; set; } = null!;

    private ScheduleAdvice Advice => Suggestion.Advice;

    private string Phases => string.Join("; ", Advice.Schedule.Phases.Select(span => span.Phase.Description));

    private string BaselineName =>
        Advice.Usual.FirstOrDefault(usual => usual.Schedule.Equals(Advice.Baseline)) is { } usual
            ? $"{usual.Name}, {(ReferenceEquals(usual, Advice.Usual[0]) ? "the best" : "one")} of the usual schedules"
            : string.Join("; ", Advice.Baseline.Phases.Select(span => span.Phase.Description));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_drawn, Suggestion))
        {
            (_plots, _drawn) = (LawPlots.Of(Suggestion), Suggestion);
        }
    }
}
