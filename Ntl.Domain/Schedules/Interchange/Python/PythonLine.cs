namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>A logical line: one statement, over as many lines of text as its brackets are open.</summary>
/// <param name="Indent">Columns before it.</param>
/// <param name="Tokens">At least one.</param>
internal sealed record PythonLine(int Indent, IReadOnlyList<PythonToken> Tokens);
