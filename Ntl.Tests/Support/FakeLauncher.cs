using Ntl.Web.Queue;

namespace Ntl.Tests.Support;

/// <summary>Starts no process: hands the test the trainer's side of each launch.</summary>
public sealed class FakeLauncher : IRunLauncher, IDisposable
{
    public IList<FakeTrainer> Trainers { get; } = [];

    public IList<(Launch Launch, StopMode Mode)> Stops { get; } = [];

    /// <summary>Whether a stop reaches the trainer; false stands for a machine out of reach.</summary>
    public bool CanStop { get; set; } = true;

    public LaunchException? NextFailure { get; set; }

    public Task<string> StartAsync(Launch launch, CancellationToken cancellationToken)
    {
        if (NextFailure is { } failure)
        {
            throw failure;
        }

        Trainers.Add(new FakeTrainer(launch));
        return Task.FromResult($"fake {launch.Run}.{launch.Attempt}");
    }

    public Task StopAsync(Launch launch, StopMode mode, CancellationToken cancellationToken)
    {
        Stops.Add((launch, mode));
        if (CanStop && mode == StopMode.Kill)
        {
            Find(launch)?.Die();
        }

        return Task.CompletedTask;
    }

    public Task<LaunchReport> QueryAsync(Launch launch, CancellationToken cancellationToken) =>
        Task.FromResult(Find(launch) is { IsAlive: true } ? new LaunchReport(LaunchState.Alive, null) : new LaunchReport(LaunchState.Gone, "exit code 137"));

    public void Dispose()
    {
        foreach (var trainer in Trainers)
        {
            trainer.Dispose();
        }
    }

    private FakeTrainer? Find(Launch launch) => Trainers.LastOrDefault(trainer => trainer.Launch.Run == launch.Run && trainer.Launch.Attempt == launch.Attempt);
}
