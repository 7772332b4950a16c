using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Laws;

/// <inheritdoc cref="IRunFamilies"/>
internal sealed class RunFamilies(DatabaseReader reader, RunSpecs specs) : IRunFamilies
{
    private const int MostRead = 200;

    public async Task<IReadOnlyList<RunRow>> ListAsync(RunId run, CancellationToken cancellationToken)
    {
        if (await specs.FindAsync(run, cancellationToken) is not { } spec)
        {
            return [];
        }

        var family = CurveFamily.Of(spec);
        IReadOnlyList<RunRow> alike;
        await using (var context = reader.Open())
        {
            // The name that it was stored with: the rules for names may have changed since.
            var stored = await context.Runs.Where(own => own.Id == run.Value).Select(own => own.ModelName).SingleOrDefaultAsync(cancellationToken);
            alike = await RunRows.ReadAsync(
                context,
                context.Runs
                    .Where(other => other.Status == RunStatus.Finished && (other.ModelName == family.ModelName || other.ModelName == stored)
                        && other.DatasetName == family.DatasetName && other.TokensPerStep == family.TokensPerStep)
                    .OrderByDescending(other => other.CreatedTicks).ThenBy(other => other.Id).Take(MostRead),
                cancellationToken);
        }

        // Names are for lists: two models of one size may have one.
        List<RunRow> rows = [];
        foreach (var row in alike)
        {
            if (await specs.FindAsync(row.Id, cancellationToken) is { } other && string.Equals(CurveFamily.Of(other).Key, family.Key, StringComparison.Ordinal))
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
