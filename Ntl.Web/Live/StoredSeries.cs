using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Live;

/// <summary>Which series a run has: one part an attempt and key, with the steps that count.</summary>
public sealed class StoredSeries
{
    private StoredSeries(IReadOnlyList<StoredPart> parts) => Parts = parts;

    /// <summary>In order of key, then attempt.</summary>
    public IReadOnlyList<StoredPart> Parts { get; }

    /// <summary>Reads the run's parts.</summary>
    /// <param name="context">The view to read from.</param>
    /// <param name="run">The run.</param>
    /// <param name="keys">Only these keys; null for all.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<StoredSeries> ReadAsync(NtlDbContext context, RunId run, IReadOnlyCollection<string>? keys, CancellationToken cancellationToken)
    {
        var rows = await context.MetricSeries
            .Where(series => series.RunId == run.Value && (keys == null || keys.Contains(series.Key)))
            .OrderBy(series => series.Key).ThenBy(series => series.Attempt)
            .ToListAsync(cancellationToken);
        var attempts = await context.Attempts
            .Where(attempt => attempt.RunId == run.Value && attempt.StartStep != null
                && context.MetricSeries.Any(series => series.RunId == run.Value && series.Attempt == attempt.Number))
            .OrderBy(attempt => attempt.Number)
            .Select(attempt => new { attempt.Number, Start = attempt.StartStep!.Value })
            .ToListAsync(cancellationToken);

        List<StoredPart> parts = [];
        foreach (var row in rows)
        {
            var start = attempts.Find(attempt => attempt.Number == row.Attempt)?.Start ?? 0;
            // A later attempt takes over from its first step on, once it has measured anything; one that went back further takes more.
            var end = attempts.Where(attempt => attempt.Number > row.Attempt).Select(attempt => attempt.Start).DefaultIfEmpty(long.MaxValue).Min();
            parts.Add(new StoredPart(row.Id, row.Key, row.Attempt, start, Math.Max(start, end)));
        }

        return new StoredSeries(parts);
    }
}
