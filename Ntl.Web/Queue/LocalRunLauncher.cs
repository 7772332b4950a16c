using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ntl.Training.Runs;

namespace Ntl.Web.Queue;

/// <summary>Trainers as processes of this machine, each in a session of its own, so that neither a signal to the server nor its death reaches them.</summary>
public sealed class LocalRunLauncher(TrainerCommand command) : IRunLauncher
{
    // Output goes straight to the log file: a pipe through the server would break when the server dies. Lower priority than the
    // server, which must answer while a run takes all cores.
    private const string Script = "exec nice -n 5 setsid \"$@\" >>\"$NTL_LOG\" 2>&1 </dev/null";
    private const int SignalledExitCode = 128;

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<(string Run, int Attempt), Process> _children = new();

    public Task<string> StartAsync(Launch launch, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = launch.Directory.Root };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment())
        {
            start.Environment[name] = value;
        }

        start.Environment["NTL_LOG"] = launch.Directory.Attempt(launch.Attempt).LogPath;
        foreach (var argument in (IEnumerable<string>)["-c", Script, "sh", .. command.Arguments(launch)])
        {
            start.ArgumentList.Add(argument);
        }

        ForgetExited();
        try
        {
            var process = Process.Start(start) ?? throw new LaunchException("The system started no process.");
            _children[(launch.Run.Value, launch.Attempt)] = process;
            return Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"process {process.Id}"));
        }
        catch (Win32Exception cause)
        {
            throw new LaunchException(PathFreeText.Of($"The trainer could not be started: {cause.Message}"), cause);
        }
    }

    public async Task StopAsync(Launch launch, StopMode mode, CancellationToken cancellationToken)
    {
        if (Find(launch) is not { IsRunning: true } process)
        {
            return;
        }

        // Its session's leader is its process group's leader too: the negative number reaches what it may have started.
        var signal = mode == StopMode.Ask ? "TERM" : "KILL";
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} -- -{process.ProcessId} 2>/dev/null || kill -{signal} {process.ProcessId}")]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public Task<LaunchReport> QueryAsync(Launch launch, CancellationToken cancellationToken)
    {
        if (_children.TryGetValue((launch.Run.Value, launch.Attempt), out var child))
        {
            if (!child.HasExited)
            {
                return Task.FromResult(new LaunchReport(LaunchState.Alive, null));
            }

            var code = child.ExitCode;
            return Task.FromResult(new LaunchReport(LaunchState.Gone, code > SignalledExitCode
                ? string.Create(CultureInfo.InvariantCulture, $"ended by signal {code - SignalledExitCode}")
                : string.Create(CultureInfo.InvariantCulture, $"exit code {code}")));
        }

        return Task.FromResult(Find(launch) is { IsRunning: true }
            ? new LaunchReport(LaunchState.Alive, null)
            : new LaunchReport(LaunchState.Gone, null));
    }

    private void ForgetExited()
    {
        foreach (var (key, child) in _children.Where(pair => pair.Value.HasExited).ToList())
        {
            if (_children.TryRemove(key, out _))
            {
                child.Dispose();
            }
        }
    }

    // The lease names the process for good. Before the trainer took it, its command line names run and attempt.
    private static ProcessIdentity? Find(Launch launch) =>
        Lease.Read(launch.Directory.Attempt(launch.Attempt)) is { } lease && string.Equals(lease.Token, launch.Token, StringComparison.Ordinal)
            ? lease.Process
            : FindByCommandLine(launch);

    private static ProcessIdentity? FindByCommandLine(Launch launch)
    {
        // Between two programs of its start-up a process has no command line for an instant: whoever is not seen is looked for again.
        const int Looks = 4;
        var wanted = Encoding.UTF8.GetBytes(string.Join('\0', TrainerCommand.RunArguments(launch)));
        for (var look = 0; look < Looks; look++)
        {
            if (look > 0)
            {
                Thread.Sleep(s_betweenLooks);
            }

            foreach (var directory in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    && ReadCommandLine(directory).AsSpan().IndexOf(wanted) >= 0)
                {
                    return ProcessIdentity.Of(id);
                }
            }
        }

        return null;
    }

    private static byte[] ReadCommandLine(string directory)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(directory, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // it ended while we looked
        }
    }
}
