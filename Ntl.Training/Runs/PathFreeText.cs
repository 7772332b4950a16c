using System.Text.RegularExpressions;

namespace Ntl.Training.Runs;

/// <summary>Shortens paths in messages that people other than the machine's administrator read: the system's own messages name whole paths.</summary>
public static partial class PathFreeText
{
    /// <summary>The message with each quoted absolute path cut to its last name.</summary>
    public static string Of(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return QuotedPath().Replace(message, static path => $"'{path.Groups["name"].Value}'");
    }

    [GeneratedRegex("'/(?:[^'\n]*/)?(?<name>[^'/\n]+)/?'", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex QuotedPath();
}
