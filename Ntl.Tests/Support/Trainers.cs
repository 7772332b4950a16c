using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ntl.Tests.Support;

/// <summary>Finds trainer processes by the run directory in their command line: only those that a test's own server started.</summary>
public static class Trainers
{
    /// <summary>Process ids of trainers whose run lies under the data directory.</summary>
    public static IReadOnlyList<int> Find(string dataDirectory)
    {
        var wanted = Encoding.UTF8.GetBytes("\0--dir\0" + Path.GetFullPath(dataDirectory) + "/");
        List<int> found = [];
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && CommandLine(directory).AsSpan().IndexOf(wanted) >= 0)
            {
                found.Add(id);
            }
        }

        return found;
    }

    public static void KillAll(string dataDirectory)
    {
        foreach (var id in Find(dataDirectory))
        {
            Signal(id, "KILL");
        }
    }

    public static void Signal(int processId, string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {processId} 2>/dev/null")]);
        kill.WaitForExit();
    }

    private static byte[] CommandLine(string directory)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(directory, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
