namespace Ntl.Web.Queue;

/// <summary>Starts, ends and finds trainers. What it believes is a hint: the journal and the fence decide.</summary>
public interface IRunLauncher
{
    /// <summary>Starts a trainer that outlives this server.</summary>
    /// <returns>What the launcher calls it, for people and logs.</returns>
    /// <exception cref="LaunchException">It could not be started.</exception>
    Task<string> StartAsync(Launch launch, CancellationToken cancellationToken);

    /// <summary>Asks the trainer to save and leave, or ends it at once. Does nothing when there is none.</summary>
    Task StopAsync(Launch launch, StopMode mode, CancellationToken cancellationToken);

    /// <summary>Looks for the trainer by run and attempt.</summary>
    Task<LaunchReport> QueryAsync(Launch launch, CancellationToken cancellationToken);
}
