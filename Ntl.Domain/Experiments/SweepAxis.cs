using System.Collections.Immutable;

namespace Ntl.Domain.Experiments;

/// <summary>One knob of a sweep and the values to try.</summary>
/// <param name="Knob">What is varied.</param>
/// <param name="Values">1 to 20 different ones as a person writes them: <c>3e-4</c>, <c>cosine</c>, <c>nano</c>.</param>
public sealed record SweepAxis(SweepKnob Knob, ImmutableArray<string> Values);
