namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>Python text that cannot be taken apart.</summary>
/// <param name="line">From 1.</param>
/// <param name="message">What is wrong there.</param>
internal sealed class PythonReadException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
