using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Ntl.Tests.Support;

/// <summary>The real server in a process of its own, on a free port of 127.0.0.1, with a data directory of its own.</summary>
public sealed partial class NtlServer : IAsyncDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output;

    private NtlServer(Process process, List<string> output, Uri address, string dataDirectory)
    {
        _process = process;
        _output = output;
        Address = address;
        DataDirectory = dataDirectory;
        Client = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public string DataDirectory { get; }

    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <param name="dataDirectory">Made where it is missing; two servers cannot share one.</param>
    /// <param name="settings">More settings, such as <c>Ntl__LeaseTimeout</c>.</param>
    /// <param name="port">0 for any free one; a number to come back under the same address.</param>
    public static async Task<NtlServer> StartAsync(string dataDirectory, IReadOnlyDictionary<string, string>? settings = null, int port = 0)
    {
        var start = new ProcessStartInfo(Executable) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Executable) };
        start.Environment["Ntl__DataDirectory"] = dataDirectory;
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        List<string> output = [];
        var listens = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Add(line.Data ?? "");
            }

            if (line.Data is { } text && Listening().Match(text) is { Success: true } match)
            {
                listens.TrySetResult(new Uri(match.Groups["address"].Value));
            }
        }

        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        var first = await Task.WhenAny(listens.Task, ended, Task.Delay(s_startTimeout));
        if (first != listens.Task)
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await ended;
            lock (output)
            {
                throw new InvalidOperationException($"The server did not start (exit code {process.ExitCode}):\n{string.Join('\n', output)}");
            }
        }

        return new NtlServer(process, output, await listens.Task, dataDirectory);
    }

    /// <summary>Runs the server's program with a command, as <c>restore --from FILE</c>, to its end.</summary>
    public static async Task<(int ExitCode, string Output)> CommandAsync(string dataDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Executable) };
        start.Environment["Ntl__DataDirectory"] = dataDirectory;
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>SIGKILL: the server has no chance to do anything more.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an administrator or a container would; returns when it has left.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process.Id}")]);
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Lets go of a server that has ended, its trainers left alone.</summary>
    public async Task LeaveAsync()
    {
        await _process.WaitForExitAsync();
        _process.Dispose();
        Client.Dispose();
    }

    /// <summary>Kills the server and every trainer that it left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Client.Dispose();
        Trainers.KillAll(DataDirectory);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string RepositoryRoot { get; } = typeof(NtlServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    // Beside this test's own output, so that Debug tests the Debug server.
    private static string Executable { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Ntl.Web", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Ntl.Web"));

    [GeneratedRegex(@"Ntl serves (?<address>http://\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
