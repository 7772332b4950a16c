using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary>The specs of runs. A stored spec never changes, so those read lately are kept.</summary>
public sealed class RunSpecs(DatabaseReader reader)
{
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<RunId, RunSpec> _kept = new();

    /// <summary>The run's spec; null when there is no such run.</summary>
    public async Task<RunSpec?> FindAsync(RunId run, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(run, out var kept))
        {
            return kept;
        }

        await using var context = reader.Open();
        var json = await context.Runs.Where(r => r.Id == run.Value).Select(r => r.SpecJson).SingleOrDefaultAsync(cancellationToken);
        if (json is null)
        {
            return null;
        }

        var (spec, _) = RunSpecJson.Read(json);
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept[run] = spec ?? throw new InvalidDataException($"The stored spec of run {run} is not valid.");
    }
}
