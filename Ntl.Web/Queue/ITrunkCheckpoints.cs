using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>The checkpoints that runs have on disk, for branches to begin from.</summary>
public interface ITrunkCheckpoints
{
    /// <summary>A run's checkpoints by rising step; null when there is no such run.</summary>
    Task<IReadOnlyList<CheckpointRow>?> ListAsync(RunId run, CancellationToken cancellationToken);
}
