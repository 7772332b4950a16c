using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;

namespace Ntl.Web.Laws;

/// <inheritdoc cref="IImportedCurves"/>
internal sealed class ImportedCurves(DatabaseReader reader, DatabaseWriter writer, TimeProvider time) : IImportedCurves
{
    private const int LongestName = 120;

    public async Task<IReadOnlyList<ImportedCurve>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        return await ReadAsync(context.LossCurves, cancellationToken);
    }

    public async Task<SourceCurve?> ReadAsync(RunId id, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var stored = await context.LossCurves.Where(curve => curve.Id == id.Value).Select(curve => new { curve.Name, curve.SamplesJson }).SingleOrDefaultAsync(cancellationToken);
        return stored is null ? null : await Task.Run(() => ImportedSamples.Read(stored.SamplesJson).ToCurve(new(CurveOrigin.File, id), stored.Name), cancellationToken);
    }

    public async Task<CurveImportOutcome> ImportAsync(CurveImport file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var read = await Task.Run(() => CurveFile.Read(file.Content.Span, file.FileName, file.Choice, file.Format), cancellationToken);
        if (read.Problems.Length > 0)
        {
            return new([], [.. read.Series], [], [.. read.Problems]) { LeftOut = [.. read.LeftOut] };
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(file.Content.Span));
        List<LossCurveEntity> entities = [];
        List<(CurveSamples Samples, SpecProblem Problem)> wrong = [];
        foreach (var samples in read.Curves)
        {
            if (Problem(samples, file.Schedule) is { } problem)
            {
                wrong.Add((samples, problem));
            }
            else
            {
                entities.Add(ToEntity(samples, file, read.Format!.Value, hash));
            }
        }

        if (entities.Count == 0)
        {
            return new([], [.. read.Series], [], [wrong[0].Problem]) { LeftOut = [.. read.LeftOut] };
        }

        var ids = await writer.WriteAsync(Durability.PowerCut, context => AddAsync(context, entities, hash), cancellationToken);
        await using var open = reader.Open();
        return new(
            await ReadAsync(open.LossCurves.Where(curve => ids.Contains(curve.Id)), cancellationToken),
            [.. read.Series],
            [.. read.Notes, .. wrong.Select(left => $"Left out: {left.Problem.Message}")],
            [])
        {
            LossColumn = read.LossColumn,
            RateColumn = read.RateColumn,
            StepColumn = read.StepColumn,
            LeftOut = [.. read.LeftOut, .. wrong.Select(left => new LeftOutCurve(left.Samples.Name, left.Samples.Losses.Length, left.Problem.Message.TrimEnd('.')))],
        };
    }

    public Task<bool> DeleteAsync(RunId id, CancellationToken cancellationToken) =>
        writer.WriteAsync(Durability.PowerCut, async context => await context.LossCurves.Where(curve => curve.Id == id.Value).ExecuteDeleteAsync() > 0, cancellationToken);

    // The same file with the same choice is the same curves: it is not kept twice.
    private static async Task<List<string>> AddAsync(NtlDbContext context, List<LossCurveEntity> entities, string hash)
    {
        var known = await context.LossCurves.Where(curve => curve.FileHash == hash).Select(curve => new { curve.Id, curve.Name, curve.SamplesJson }).ToListAsync();
        List<string> ids = [];
        foreach (var entity in entities)
        {
            if (known.Find(other => string.Equals(other.Name, entity.Name, StringComparison.Ordinal) && string.Equals(other.SamplesJson, entity.SamplesJson, StringComparison.Ordinal)) is { } same)
            {
                ids.Add(same.Id);
                continue;
            }

            context.LossCurves.Add(entity);
            ids.Add(entity.Id);
        }

        return ids;
    }

    private static SpecProblem? Problem(CurveSamples samples, ScheduleSpec? schedule)
    {
        if (samples.HasRates)
        {
            return null;
        }

        return schedule is null ? new SpecProblem("schedule", $"The file has no learning rate for '{samples.Name}'; choose its column, or give the schedule.")
            : samples.Steps > schedule.TotalSteps ? new SpecProblem("schedule", FormattableString.Invariant($"'{samples.Name}' has a loss at step {samples.Steps - 1:N0}; the schedule ends after {schedule.TotalSteps:N0} steps."))
            : null;
    }

    private LossCurveEntity ToEntity(CurveSamples samples, CurveImport file, CurveFileFormat format, string hash)
    {
        var stored = ImportedSamples.Of(samples, file.Schedule);
        var curve = stored.ToCurve(default, samples.Name).Curve;
        return new()
        {
            Id = RunId.New().Value,
            Name = Shorten(samples.Name),
            FileName = Shorten(file.FileName.Split('/', '\\')[^1]),
            Format = format.ToString(),
            FileHash = hash,
            Steps = curve.Path.Steps,
            SampleCount = curve.Points.Length,
            PeakRate = curve.Path.Peak,
            IntrinsicTime = curve.Path.IntrinsicTime,
            LastLoss = curve.Points[^1].Loss,
            SamplesJson = stored.Write(),
            CreatedTicks = time.GetUtcNow().UtcTicks,
        };
    }

    private static string Shorten(string text)
    {
        var plain = string.Concat(text.Where(sign => !char.IsControl(sign))).Trim();
        return plain.Length == 0 ? "curve" : plain[..Math.Min(plain.Length, LongestName)];
    }

    private static async Task<IReadOnlyList<ImportedCurve>> ReadAsync(IQueryable<LossCurveEntity> curves, CancellationToken cancellationToken)
    {
        var rows = await curves.OrderByDescending(curve => curve.CreatedTicks).ThenBy(curve => curve.Name)
            .Select(curve => new { curve.Id, curve.Name, curve.FileName, curve.Format, curve.Steps, curve.SampleCount, curve.PeakRate, curve.IntrinsicTime, curve.LastLoss, curve.CreatedTicks })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ImportedCurve(
            new RunId(row.Id), row.Name, row.FileName, Enum.Parse<CurveFileFormat>(row.Format), row.Steps, row.SampleCount, row.PeakRate, row.IntrinsicTime, row.LastLoss, RunRows.Instant(row.CreatedTicks)))];
    }
}
