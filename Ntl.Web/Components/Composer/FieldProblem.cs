namespace Ntl.Web.Components.Composer;

/// <summary>What is wrong with a field of the composer.</summary>
/// <param name="Field">One of <see cref="DraftField"/>; empty for the whole.</param>
/// <param name="Message">One sentence for the reader.</param>
internal sealed record FieldProblem(string Field, string Message);
