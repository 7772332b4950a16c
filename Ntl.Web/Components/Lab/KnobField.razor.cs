using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Laboratory;

namespace Ntl.Web.Components.Lab;

/// <summary>One knob: a number that is typed or slid, or a choice, with what is wrong beside it.</summary>
public sealed partial class KnobField
{
    private (int Place, string Text)? _slid;

    [Parameter, EditorRequired]
    public Knob Knob { get; set; } = null!;

    /// <summary>As typed.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter]
    public string? Problem { get; set; }

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    private string Id => $"knob-{Knob.Id}";

    private string ProblemId => $"{Id}-problem";

    private string? DescribedBy => Problem is null ? null : ProblemId;

    private string Invalid => Problem is null ? "false" : "true";

    private string Title => string.Concat(Knob.Label[..1].ToUpperInvariant(), Knob.Label.AsSpan(1));

    private bool HasSlider => Knob.Scale != KnobScale.Choice && !LabDraft.IsSeed(Knob);

    // Where the hand has put it, although the rounded number belongs a hair beside: the handle must not twitch.
    private int Place => _slid is { } slid && string.Equals(slid.Text, Text, StringComparison.Ordinal) ? slid.Place
        : double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? KnobSlider.PlaceOf(Knob, value)
        : KnobSlider.PlaceOf(Knob, Knob.Default);

    // Given to @bind, not to an event: only then does the renderer know what the browser holds, and never answers a letter with an older text.
    private Task SetAsync(string? text) => TextChanged.InvokeAsync(text ?? "");

    private Task SlideAsync(int place)
    {
        var text = Knob.Text(KnobSlider.ValueAt(Knob, place));
        _slid = (place, text);
        return TextChanged.InvokeAsync(text);
    }
}
