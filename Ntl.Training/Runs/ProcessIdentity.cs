using System.Globalization;

namespace Ntl.Training.Runs;

/// <summary>Names a process for good: a process id alone is used again by the system.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="BootId">The machine's present boot; empty where the system does not tell.</param>
/// <param name="ProcessId">The process id.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot (<c>/proc/PID/stat</c>, field 22); 0 where the system does not tell.</param>
public sealed record ProcessIdentity(string Host, string BootId, int ProcessId, long StartTicks)
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    // Fields of /proc/PID/stat after the parenthesized command: index 0 is field 3 (state), so field 22 is index 19.
    private const int StateField = 0;
    private const int StartTimeField = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId);

    /// <summary>A process of this machine, as it is now.</summary>
    public static ProcessIdentity Of(int processId) => new(Environment.MachineName, ReadBootId(), processId, Stat(processId)?.StartTicks ?? 0);

    /// <summary>Whether this process is of this machine and its present boot, so that <see cref="IsRunning"/> can be known.</summary>
    public bool IsLocal => string.Equals(Host, Environment.MachineName, StringComparison.Ordinal)
        && string.Equals(BootId, ReadBootId(), StringComparison.Ordinal);

    /// <summary>Whether the process still runs. False for another process that was given the same id, and for one that has ended but was not yet waited for.</summary>
    public bool IsRunning => IsLocal && Stat(ProcessId) is { } stat && stat.StartTicks == StartTicks && stat.State is not ('Z' or 'X');

    private static string ReadBootId() => File.Exists(BootIdPath) ? File.ReadAllText(BootIdPath).Trim() : "";

    private static (char State, long StartTicks)? Stat(int processId)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        }
        catch (IOException)
        {
            return null; // no such process (ESRCH while reading, or no file)
        }

        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[StateField][0], long.Parse(fields[StartTimeField], CultureInfo.InvariantCulture));
    }
}
