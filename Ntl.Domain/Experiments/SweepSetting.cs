using System.Text.Json.Serialization;

namespace Ntl.Domain.Experiments;

/// <summary>One knob of a cell as it is set.</summary>
/// <param name="Knob">What is varied.</param>
/// <param name="Text">The value in a few words, 1 to 40 characters, different for each value of the sweep.</param>
/// <param name="Number">The value; null for one that is no number.</param>
public sealed record SweepSetting(SweepKnob Knob, string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Number);
