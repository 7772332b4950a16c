using System.Collections.Concurrent;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Thermodynamics;

/// <inheritdoc cref="IRunRecords"/>
internal sealed class RunRecords(IRunQueries runs, ISeriesQueries series) : IRunRecords
{
    // Of ended runs: the branches of one trunk ask for it one after the other.
    private readonly ConcurrentDictionary<RunId, Estimate?> _equilibria = new();

    public async Task<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken) =>
        await runs.FindAsync(run, cancellationToken) is { } detail ? await ReadAsync(detail, cancellationToken) : null;

    public async Task<RunRecord?> FindLossesAsync(RunId run, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(run, cancellationToken) is not { } detail)
        {
            return null;
        }

        var isEarly = detail.Run.Status is RunStatus.Cancelled or RunStatus.Failed;
        string[] keys = [.. detail.MetricKeys.Where(key => string.Equals(key, MetricKeys.ValidationLoss.Value, StringComparison.Ordinal))];
        var points = await RunPoints.ReadAsync(series, detail.Run.Id, detail.Spec, keys, cancellationToken);
        return points.ToRecord() with { EndedEarly = isEarly ? detail.Run.StatusReason : null, Status = detail.Run.Status, Failure = detail.Run.Failure?.Kind };
    }

    public async Task<Estimate?> EquilibriumAsync(RunId run, CancellationToken cancellationToken)
    {
        if (_equilibria.TryGetValue(run, out var known))
        {
            return known;
        }

        if (await runs.FindAsync(run, cancellationToken) is not { } detail)
        {
            return null;
        }

        var record = await ReadAsync(detail, cancellationToken);
        var equilibrium = await Task.Run(() => RunThermodynamics.Of(record).OwnEquilibrium, cancellationToken);
        if (detail.Run.Status.IsFinal())
        {
            _equilibria[run] = equilibrium;
        }

        return equilibrium;
    }

    private async Task<RunRecord> ReadAsync(RunDetail detail, CancellationToken cancellationToken)
    {
        var points = await Task.Run(() => RunPoints.ReadAsync(series, detail.Run.Id, detail.Spec, detail.MetricKeys, cancellationToken), cancellationToken);
        return points.ToRecord() with { Status = detail.Run.Status, Failure = detail.Run.Failure?.Kind };
    }
}
