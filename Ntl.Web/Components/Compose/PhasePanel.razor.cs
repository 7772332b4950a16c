using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;

namespace Ntl.Web.Components.Compose;

/// <summary>The selected phase in numbers: every field with its problem beside it.</summary>
public sealed partial class PhasePanel
{
    private const string ShapeField = "shape";
    private const string OtherShape = "";
    private const int LongestNumber = 60;
    private const int LongestText = 600;

    private static readonly KeyValuePair<string, string>[] s_shapes =
    [
        new(nameof(PhaseShape.Hold), "Hold"),
        new(nameof(PhaseShape.Ramp), "Ramp"),
        new(nameof(PhaseShape.Linear), "Linear"),
        new(nameof(PhaseShape.Cosine), "Cosine"),
        new(nameof(PhaseShape.OneMinusSquareRoot), "1 − √"),
        new(nameof(PhaseShape.Exponential), "Exponential"),
        new(nameof(PhaseShape.Hyperbolic), "Hyperbolic 1/t"),
        new(nameof(PhaseShape.InverseSquareRoot), "Inverse √"),
        new(nameof(PhaseShape.Polynomial), "Polynomial"),
        new(nameof(PhaseShape.Staircase), "Staircase"),
        new(nameof(PhaseShape.Points), "Points"),
        new(nameof(PhaseShape.Formula), "Formula"),
    ];

    private PhaseDraft? _draft;
    private int _draftIndex = -1;
    private string? _shapeProblem;

    [Parameter, EditorRequired]
    public ScheduleSpec Schedule { get; set; } = null!;

    [Parameter, EditorRequired]
    public int Index { get; set; }

    /// <summary>Where steps come from when the number is changed.</summary>
    [Parameter]
    public StretchMode Mode { get; set; }

    /// <summary>An edit, and whether it goes on with the one before, as the next letter of a number does.</summary>
    [Parameter]
    public EventCallback<(EditOutcome Outcome, bool GoesOn)> Edited { get; set; }

    /// <summary>Another phase is wanted.</summary>
    [Parameter]
    public EventCallback<int> Selected { get; set; }

    private PhaseSpan Span => Schedule.Phases[Index];

    private string ShapeText => ShapeEdits.ShapeOf(Span.Phase)?.ToString() ?? OtherShape;

    private IEnumerable<KeyValuePair<string, string>> Shapes =>
        ShapeEdits.ShapeOf(Span.Phase) is null ? s_shapes.Prepend(new(OtherShape, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(PhaseNames.Of(Span.Phase)))) : s_shapes;

    private string JointWords => (Joints.IsJoined(Schedule, Index), Joints.IsJoined(Schedule, Index + 1)) switch
    {
        (true, true) => " Joined to both neighbours: they follow its ends.",
        (true, false) => " Joined to the phase before, which follows its start.",
        (false, true) => " Joined to the phase after, which follows its end.",
        _ => "",
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_draft is null || _draftIndex != Index || !_draft.Phase.Equals(Span.Phase))
        {
            (_draft, _draftIndex, _shapeProblem) = (new(Span.Phase), Index, null);
        }
    }

    private static string? ClassOf(PhaseField field) => field == PhaseField.Points || field == PhaseField.Formula || field == PhaseField.Constants ? "wide" : null;

    private static int LengthOf(PhaseField field) => field == PhaseField.Formula || field == PhaseField.Constants ? LongestText : LongestNumber;

    private static string? HintOf(PhaseField field) => field == PhaseField.Formula
        ? "t runs from 0 to 1, k counts the phase's steps, n is their number; + − * / ^, sqrt, exp, log, cos, sin, abs, floor, pow, min, max, clamp. As peak*(1-t)^1.5."
        : field == PhaseField.Points ? "A step of the phase and a rate on each line, the first at step 0; straight lines between them." : null;

    private string? ProblemOf(string field) => string.Equals(field, ShapeField, StringComparison.Ordinal) ? _shapeProblem : _draft!.ProblemOf(field);

    private string Invalid(string field) => ProblemOf(field) is null ? "false" : "true";

    private string? DescribedBy(string field, bool hasHint = false) => ProblemOf(field) is not null ? $"phase-{field}-problem" : hasHint ? $"phase-{field}-hint" : null;

    private async Task TypeAsync(PhaseField field, string? text)
    {
        if (_draft!.Type(field, text ?? "") is not { } phase)
        {
            return;
        }

        var outcome = PhaseEdits.Replace(Schedule, Index, phase, Mode) with { Name = $"set {field.Label.ToLowerInvariant()} of {PhaseNames.Of(phase)}" };
        if (outcome.IsDone)
        {
            _draft.Accept(outcome.Schedule.Phases[Index].Phase);
            await Edited.InvokeAsync((outcome, true));
        }
        else
        {
            _draft.Refuse(outcome.Problems);
        }
    }

    private async Task ChooseShapeAsync(string? text)
    {
        if (!Enum.TryParse<PhaseShape>(text, out var shape))
        {
            return;
        }

        var outcome = ShapeEdits.Change(Schedule, Index, shape);
        _shapeProblem = outcome.IsDone ? null : string.Join(' ', outcome.Problems.Select(problem => problem.Message));
        if (outcome.IsDone)
        {
            await Edited.InvokeAsync((outcome, false));
        }
    }
}
