using System.Globalization;
using System.Text.RegularExpressions;

namespace Ntl.Training.Checkpoints;

/// <summary>What a checkpoint's directory name says.</summary>
/// <param name="Step">Updates in its weights.</param>
/// <param name="Attempt">The attempt that wrote it.</param>
public sealed partial record CheckpointName(long Step, int Attempt)
{
    /// <summary>Reads a directory's name.</summary>
    /// <returns>Null where it is not a published checkpoint's.</returns>
    public static CheckpointName? Parse(string name) => Form().Match(name) is { Success: true } match
        ? new CheckpointName(
            long.Parse(match.Groups["step"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["attempt"].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    /// <summary>The directory's name, such as <c>step-00000100-attempt-1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"step-{Step:D8}-attempt-{Attempt}");

    [GeneratedRegex("^step-(?<step>[0-9]{8,18})-attempt-(?<attempt>[0-9]{1,9})$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
