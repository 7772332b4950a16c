using System.Collections.Concurrent;
using Ntl.Web.Queue;

namespace Ntl.Bench.Store;

/// <summary>Launches load instead of trainers: whoever waits for a run's attempt gets it and writes its journal.</summary>
internal sealed class LoadLauncher : IRunLauncher
{
    private readonly ConcurrentQueue<Launch> _launched = new();

    /// <summary>The attempts started since the last call, in order.</summary>
    public IReadOnlyList<Launch> Take()
    {
        List<Launch> launched = [];
        while (_launched.TryDequeue(out var launch))
        {
            launched.Add(launch);
        }

        return launched;
    }

    public Task<string> StartAsync(Launch launch, CancellationToken cancellationToken)
    {
        _launched.Enqueue(launch);
        return Task.FromResult("generated load");
    }

    public Task StopAsync(Launch launch, StopMode mode, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<LaunchReport> QueryAsync(Launch launch, CancellationToken cancellationToken) =>
        Task.FromResult(new LaunchReport(LaunchState.Alive, null));
}
