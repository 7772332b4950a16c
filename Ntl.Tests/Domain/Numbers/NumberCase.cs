namespace Ntl.Tests.Domain.Numbers;

/// <summary>One number and its text, the same in C# and in the browser.</summary>
/// <param name="Kind">The browser's name of the rule.</param>
/// <param name="Input">Its numbers; null for a missing one.</param>
/// <param name="Text">A text, or several for the ticks of an axis.</param>
internal sealed record NumberCase(string Kind, IReadOnlyList<double?> Input, string Text)
{
    public NumberCase(string kind, double[] input, string text)
        : this(kind, [.. input.Select(value => (double?)value)], text)
    {
    }
}
