namespace Ntl.Domain.Schedules;

/// <summary>A field of a phase whose value differs.</summary>
/// <param name="Field">The field in the canonical JSON's words, such as <c>startRate</c>; <c>of.steps</c> for one of the whole phase of a cut one.</param>
/// <param name="From">The first schedule's value, as people write it; "–" where it has no such field.</param>
/// <param name="To">The second schedule's.</param>
public sealed record FieldDiff(string Field, string From, string To);
