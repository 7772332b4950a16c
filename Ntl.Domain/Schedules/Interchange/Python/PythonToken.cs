namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>A piece of Python text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Line">Its line, from 1.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, string Text, int Line)
{
    public bool IsSign(string sign) => Kind == PythonTokenKind.Sign && string.Equals(Text, sign, StringComparison.Ordinal);

    public bool IsName(string name) => Kind == PythonTokenKind.Name && string.Equals(Text, name, StringComparison.Ordinal);
}
