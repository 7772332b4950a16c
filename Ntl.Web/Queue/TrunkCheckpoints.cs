using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <inheritdoc cref="ITrunkCheckpoints"/>
public sealed class TrunkCheckpoints(RunSpecs specs, DataDirectory directory) : ITrunkCheckpoints
{
    public async Task<IReadOnlyList<CheckpointRow>?> ListAsync(RunId run, CancellationToken cancellationToken)
    {
        if (await specs.FindAsync(run, cancellationToken) is not { } spec)
        {
            return null;
        }

        var store = StoreOf(run, spec);
        List<CheckpointRow> rows = [];
        foreach (var name in store.List().GroupBy(name => name.Step).OrderBy(same => same.Key).Select(same => same.First()))
        {
            var files = new DirectoryInfo(store.PathOf(name));
            try
            {
                rows.Add(new CheckpointRow(
                    name.Step, files.EnumerateFiles().Sum(file => file.Length), new DateTimeOffset(files.LastWriteTimeUtc, TimeSpan.Zero), store.IsPinned(name) || spec.KeepsCheckpoint(name.Step)));
            }
            catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
            {
                // Its trainer has removed it, or is removing it file by file, since it was listed.
            }
        }

        return rows;
    }

    /// <summary>The steps of a run's checkpoints, rising.</summary>
    public IReadOnlyList<long> Steps(RunId run, RunSpec spec) => [.. StoreOf(run, spec).List().Select(name => name.Step).Distinct().Order()];

    /// <summary>Keeps a run's checkpoint of a step from being removed.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryHold(RunId run, RunSpec spec, long step)
    {
        var store = StoreOf(run, spec);
        return store.List().Any(name => name.Step == step && store.TryPin(name));
    }

    /// <summary>Lays a trunk's checkpoint where its branch begins. Safe to repeat.</summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="step">Updates in the checkpoint.</param>
    /// <param name="branch">The branch.</param>
    /// <returns>Null where it is laid; else what is wrong with the checkpoint, empty where there is none.</returns>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public string? Lay(RunId trunk, RunSpec spec, long step, RunId branch)
    {
        var target = new RunDirectory(directory.Run(branch));
        if (Origin.IsLaid(target))
        {
            return null;
        }

        var problem = "";
        var store = StoreOf(trunk, spec);
        foreach (var name in store.List().Where(name => name.Step == step))
        {
            try
            {
                target.Create();
                Origin.Lay(spec, store.PathOf(name), target);
                return null;
            }
            catch (CheckpointException exception)
            {
                problem = PathFreeText.Of(exception.Message);
            }
        }

        return problem;
    }

    private CheckpointStore StoreOf(RunId run, RunSpec spec) => new(new RunDirectory(directory.Run(run)), RunSpecJson.Hash(spec), spec.KeptCheckpointIntervalSteps);
}
