using System.Text.RegularExpressions;

namespace Ntl.Web.Components.Runs;

/// <summary>Cuts a growing log into whole lines of plain text.</summary>
internal sealed partial class LogText
{
    private string _rest = "";

    /// <summary>Takes the next piece; a line that it leaves unfinished is kept for the next one.</summary>
    public IReadOnlyList<string> Take(string piece)
    {
        var lines = (_rest + piece).Split('\n');
        _rest = lines[^1];
        return [.. lines[..^1].Select(Plain)];
    }

    /// <summary>Text without terminal escapes and control characters; of a line that was overwritten by carriage returns, the last version.</summary>
    public static string Plain(string line)
    {
        var visible = line.TrimEnd('\r');
        visible = visible[(visible.LastIndexOf('\r') + 1)..];
        return Controls().Replace(visible, "");
    }

    // CSI and OSC sequences, two-character escapes, then any control character but the tab.
    [GeneratedRegex(@"\x1B\[[0-?]*[ -/]*[@-~]?|\x1B\][^\x07\x1B]*(?:\x07|\x1B\\)?|\x1B.?|[\x00-\x08\x0B-\x1F\x7F-\x9F]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Controls();
}
