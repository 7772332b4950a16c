using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Live;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>Stops hopeless members of sweeps that have a rule for it, as their losses are stored. A track's runs are no sweep's: no rule reaches them.</summary>
internal sealed partial class SweepWatch(
    ILiveRunFeed feed, IRunQueries runs, IExperiments experiments, RunSpecs specs, ISeriesQueries series, IRunCommands commands, DatabaseReader reader, ILogger<SweepWatch> logger) : BackgroundService
{
    private readonly Dictionary<string, FollowedSweep> _sweeps = new(StringComparer.Ordinal);

    /// <summary>Judges one sweep as it is stored now.</summary>
    /// <returns>What was stopped.</returns>
    public async Task<IReadOnlyList<SweepStop>> PassAsync(string id, CancellationToken cancellationToken)
    {
        if (await experiments.FindAsync(id, cancellationToken) is not { Experiment: { Kind: ExperimentKind.Sweep } experiment })
        {
            return [];
        }

        var sweep = await FollowAsync(experiment, cancellationToken);
        if (sweep.Rule is not { } rule)
        {
            return [];
        }

        foreach (var row in experiment.Members)
        {
            await sweep.ReadAsync(series, row, cancellationToken);
        }

        var stoppedBefore = await StoppedAsync(experiment, cancellationToken);
        var stops = SweepJudge.Judge(rule, [.. experiment.Members.Select(row => sweep.StandingOf(row, stoppedBefore.Contains(row.Id.Value)))]);
        foreach (var stop in stops)
        {
            var outcome = await commands.StopByRuleAsync(stop.Id, stop.Reason, cancellationToken);
            LogStop(stop.Id, stop.Reason, outcome.Message);
        }

        return stops;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Listening begins before the first read, so that nothing falls between the two.
            // It is not disposed, since it may be waiting then; the token ends it.
            var changes = feed.WatchRunsAsync(stoppingToken).GetAsyncEnumerator(stoppingToken);
            var next = changes.MoveNextAsync().AsTask();
            // What had come to its rung before the server began.
            var queue = await runs.GetQueueAsync(1, stoppingToken);
            await PassAllAsync(queue.Active.Concat(queue.Waiting), stoppingToken);
            while (await next)
            {
                await PassAllAsync(changes.Current, stoppingToken);
                next = changes.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server leaves.
        }
    }

    private async Task PassAllAsync(IEnumerable<RunRow> rows, CancellationToken cancellationToken)
    {
        var news = rows.Where(row => row is { ExperimentKind: ExperimentKind.Sweep, ExperimentId: { } id } && (!_sweeps.TryGetValue(id, out var sweep) || sweep.IsNews(row)));
        foreach (var id in news.Select(row => row.ExperimentId!).Distinct(StringComparer.Ordinal).ToList())
        {
            try
            {
                await PassAsync(id, cancellationToken);
            }
            catch (Exception exception) when (exception is StoreException or IOException or InvalidDataException or InvalidOperationException)
            {
                LogFailed(exception, id);
            }
        }
    }

    private async Task<FollowedSweep> FollowAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        if (!_sweeps.TryGetValue(experiment.Id, out var sweep))
        {
            _sweeps.Add(experiment.Id, sweep = new FollowedSweep());
        }

        foreach (var row in experiment.Members.Where(row => !sweep.Knows(row.Id)))
        {
            sweep.Add(row.Id, (await specs.FindAsync(row.Id, cancellationToken))!);
        }

        return sweep;
    }

    // A person who has a stopped member go on knows better: it is not stopped twice.
    private async Task<HashSet<string>> StoppedAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        var ids = experiment.Members.Select(row => row.Id.Value).ToList();
        await using var context = reader.Open();
        return [.. await context.RunEvents.Where(e => e.Kind == RunEventKind.StoppedByRule && ids.Contains(e.RunId)).Select(e => e.RunId).ToListAsync(cancellationToken)];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: {Reason} {Outcome}")]
    private partial void LogStop(RunId runId, string reason, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweep {Sweep} could not be judged; it is tried again when a member comes to its next rung")]
    private partial void LogFailed(Exception exception, string sweep);
}
