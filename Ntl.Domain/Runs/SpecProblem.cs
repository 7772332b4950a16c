namespace Ntl.Domain.Runs;

/// <summary>One thing that is wrong with a spec, fit to be shown beside its field.</summary>
/// <param name="Path">The field in the stored JSON's words, such as <c>model.headCount</c> or <c>schedule.phases[2].steps</c>; empty for the whole.</param>
/// <param name="Message">One sentence: what is wrong, the value, and the range that is right.</param>
public sealed record SpecProblem(string Path, string Message);
