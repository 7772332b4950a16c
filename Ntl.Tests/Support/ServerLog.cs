namespace Ntl.Tests.Support;

/// <summary>Reads what a server logged.</summary>
public static class ServerLog
{
    private static readonly string[] s_marks = ["unhandled exception", "Hosting failed to start", "BackgroundService failed", "crit:"];

    /// <summary>The entries that tell of an exception that nothing in the server handled, each with the lines after it.</summary>
    public static IReadOnlyList<string> Unhandled(string output)
    {
        const int LinesShown = 12;
        var lines = output.Split('\n');
        return [.. lines.Index()
            .Where(line => Array.Exists(s_marks, mark => line.Item.Contains(mark, StringComparison.OrdinalIgnoreCase)))
            .Select(line => string.Join('\n', lines.Skip(Math.Max(0, line.Index - 1)).Take(LinesShown)))];
    }
}
