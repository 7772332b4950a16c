using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;

namespace Ntl.Bench.Servers;

/// <summary>The server as ./run.sh starts it, on a data directory and a free port of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _words = new();

    private ServerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that the process holds, bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the published server and waits until it answers.</summary>
    public static Task<ServerProcess> StartAsync(string dataDirectory, CancellationToken cancellationToken) => StartAsync(dataDirectory, false, cancellationToken);

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <param name="dataDirectory">Its own.</param>
    /// <param name="isQuick">Whether the server as it is built will do: slower than the published one, but there after every build.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ServerProcess> StartAsync(string dataDirectory, bool isQuick, CancellationToken cancellationToken)
    {
        var repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));
        var program = Path.Combine(repository, isQuick ? "artifacts/bin/Ntl.Web/release/Ntl.Web.dll" : "artifacts/publish/Ntl.Web/release/Ntl.Web.dll");
        if (!File.Exists(program))
        {
            throw new BenchException($"There is no server at '{program}'. Start the benchmark through ./bench.sh, which builds it.");
        }

        var address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePort()}"));
        var process = ChildProcess.Start(
            "dotnet",
            [program, "--contentRoot", Path.GetDirectoryName(program)!, $"--Ntl:DataDirectory={dataDirectory}", "--urls", address.ToString(), "--Logging:LogLevel:Default=Warning"],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["NTL_TUNING"] = null });
        var server = new ServerProcess(process, address);
        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Queues a run.</summary>
    public async Task<RunId> QueueAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        using var content = new StringContent(RunSpecJson.Write(spec), Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync("/api/v1/runs", content, cancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return response.IsSuccessStatusCode
            ? new RunId(body.GetProperty("id").GetString()!)
            : throw new BenchException($"The server refused the run: {body}");
    }

    /// <summary>Waits until a run has a status.</summary>
    public async Task WaitForAsync(RunId run, Func<RunStatus, bool> accept, CancellationToken cancellationToken)
    {
        while (true)
        {
            var detail = await Http.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{run}", cancellationToken);
            var row = detail.GetProperty("run");
            var status = Enum.Parse<RunStatus>(row.GetProperty("status").GetString()!, ignoreCase: true);
            if (accept(status))
            {
                return;
            }

            if (status is RunStatus.Failed)
            {
                throw new BenchException($"The run failed: {row}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            using var term = Process.Start("kill", ["-TERM", FormattableString.Invariant($"{_process.Id}")]);
            await term.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(8));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                ChildProcess.Kill(_process);
            }
        }

        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_startLimit)
        {
            if (_process.HasExited)
            {
                throw new BenchException($"The server ended at once: {Words()}");
            }

            try
            {
                using var response = await Http.GetAsync("/api/v1/health", cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        throw new BenchException(FormattableString.Invariant($"The server did not answer within {s_startLimit.TotalSeconds:0} s: {Words()}"));
    }

    private void Keep(string? line)
    {
        lock (_words)
        {
            _words.AppendLine(line);
        }
    }

    private string Words()
    {
        lock (_words)
        {
            return ChildProcess.LastLines(_words.ToString());
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
