using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ntl.Domain.Experiments;

/// <summary>Where on a sweep's grid a run stands, and the rule that may stop it: kept with every member, so that the sweep needs no record of its own.</summary>
/// <param name="Settings">One for each knob, in the sweep's order; 1 to 3.</param>
/// <param name="Stop">The sweep's rule of early stops; null where every member trains to its end.</param>
public sealed record SweepPlace(ImmutableArray<SweepSetting> Settings, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SweepStopRule? Stop)
{
    private const int LongestText = 40;

    /// <summary>The cell in words, the same for all of its seeds and for no other cell.</summary>
    [JsonIgnore]
    public string Cell => string.Join(" · ", Settings.Select(setting => $"{SweepKnobs.WordOf(setting.Knob)} {setting.Text}"));

    internal bool IsSound =>
        !Settings.IsDefault && Settings.Length is >= 1 and <= SweepPlan.MostKnobs
        && Settings.All(setting => Enum.IsDefined(setting.Knob) && setting.Text is { Length: >= 1 and <= LongestText } && (setting.Number is not { } number || double.IsFinite(number)))
        && Stop?.Problems() is null or [];
}
