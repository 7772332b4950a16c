using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Laws;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Laws;

/// <inheritdoc cref="ILawFits"/>
internal sealed class LawFits(DatabaseReader reader, DatabaseWriter writer, TimeProvider time) : ILawFits
{
    private const int LongestName = 120;
    private const int MostKept = 32;

    // A stored fit never changes, so those read lately are kept: a composer asks for one at every key.
    private readonly ConcurrentDictionary<string, LawFit> _kept = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<SavedFit>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        return await ReadAsync(context.LawFits, cancellationToken);
    }

    public async Task<SavedFit?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        return await ReadAsync(context.LawFits.Where(fit => fit.Id == id), cancellationToken) is [var found] ? found : null;
    }

    public async Task<LawFit?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(id, out var kept))
        {
            return kept;
        }

        await using var context = reader.Open();
        var json = await context.LawFits.Where(fit => fit.Id == id).Select(fit => fit.FitJson).SingleOrDefaultAsync(cancellationToken);
        if (json is null)
        {
            return null;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept[id] = LawFitJson.Read(json);
    }

    public async Task<FitOutcome> SaveAsync(string name, LawFit fit, IReadOnlyList<SourceCurve> sources, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(sources);
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName || name.Any(char.IsControl))
        {
            return new(null, [new SpecProblem("name", FormattableString.Invariant($"A fit's name has 1 to {LongestName} characters, none of them a control character."))]);
        }

        var families = sources.Select(source => source.Family).OfType<CurveFamily>().DistinctBy(family => family.Key, StringComparer.Ordinal).ToList();
        var family = families is [var only] ? only : null;
        var entity = new LawFitEntity
        {
            Id = RunId.New().Value,
            Name = name.Trim(),
            Law = LawNames.KeyOf(fit.Law.Kind),
            FitJson = LawFitJson.Write(fit),
            SourcesJson = JsonSerializer.Serialize(sources.Select(source => new FitSource(source.Ref, source.Curve.Name, source.Measure))),
            TrainError = fit.TrainError,
            FamilyKey = family?.Key,
            ModelName = family?.ModelName,
            DatasetName = family?.DatasetName,
            DatasetHash = family?.DatasetHash,
            CreatedTicks = time.GetUtcNow().UtcTicks,
        };
        await writer.WriteAsync(
            Durability.PowerCut,
            context =>
            {
                context.LawFits.Add(entity);
                return Task.FromResult(true);
            },
            cancellationToken);
        return new(await FindAsync(entity.Id, cancellationToken), []);
    }

    private static async Task<IReadOnlyList<SavedFit>> ReadAsync(IQueryable<LawFitEntity> fits, CancellationToken cancellationToken)
    {
        var rows = await fits.OrderByDescending(fit => fit.CreatedTicks).ThenBy(fit => fit.Id)
            .Select(fit => new { fit.Id, fit.Name, fit.Law, fit.TrainError, fit.SourcesJson, fit.FamilyKey, fit.ModelName, fit.DatasetName, fit.DatasetHash, fit.CreatedTicks })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SavedFit(
            new RunId(row.Id),
            row.Name,
            LawNames.Parse(row.Law) ?? throw new InvalidDataException($"The stored fit {row.Id} is of the unknown law '{row.Law}'."),
            row.TrainError,
            JsonSerializer.Deserialize<List<FitSource>>(row.SourcesJson) ?? [],
            row.FamilyKey,
            row.ModelName,
            row.DatasetName,
            row.DatasetHash,
            RunRows.Instant(row.CreatedTicks)))];
    }
}
