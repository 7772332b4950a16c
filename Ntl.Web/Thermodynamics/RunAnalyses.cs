using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Thermodynamics;

/// <summary>Analyses runs while somebody looks: once for all who look at the same run, again when something new was measured.</summary>
internal sealed partial class RunAnalyses(IRunQueries runs, ISeriesQueries series, ILiveRunFeed feed, IRunRecords records, TimeProvider time, ILogger<RunAnalyses> logger)
{
    // A run that trains and says nothing for so long is judged again: it may have stalled.
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, Watched> _watched = [];
    private readonly ConcurrentDictionary<RunId, IReadOnlyList<RunAlert>> _alerts = new();

    /// <summary>The alerts of a run when it was last analysed; empty for one that was not.</summary>
    public IReadOnlyList<RunAlert> LastAlertsOf(RunId run) => _alerts.GetValueOrDefault(run, []);

    /// <summary>Judges a run once, for its alerts; one that somebody looks at is judged anyway.</summary>
    public async Task CheckAsync(RunId run, CancellationToken cancellationToken)
    {
        if (!IsWatched(run) && await records.FindAsync(run, cancellationToken) is { } record)
        {
            await Task.Run(() => Judge(record, silence: null), cancellationToken);
        }
    }

    /// <summary>Follows a run: the newest analysis at once where there is one, then each new one. Ends when cancelled, or when there is no such run.</summary>
    public async IAsyncEnumerable<RunAnalysis> WatchAsync(RunId run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watched = Join(run);
        try
        {
            RunAnalysis? seen = null;
            while (await watched.NextAsync(seen, cancellationToken) is { } next)
            {
                yield return seen = next;
            }
        }
        finally
        {
            Leave(run, watched);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} could not be analysed")]
    private static partial void LogFailure(ILogger logger, Exception exception, RunId runId);

    private bool IsWatched(RunId run)
    {
        using (_gate.EnterScope())
        {
            return _watched.ContainsKey(run);
        }
    }

    private Watched Join(RunId run)
    {
        using (_gate.EnterScope())
        {
            if (!_watched.TryGetValue(run, out var watched))
            {
                _watched.Add(run, watched = new());
                _ = FollowAsync(run, watched);
            }

            watched.Viewers++;
            return watched;
        }
    }

    private void Leave(RunId run, Watched watched)
    {
        using (_gate.EnterScope())
        {
            if (--watched.Viewers > 0)
            {
                return;
            }

            _watched.Remove(run);
        }

        // Not under the lock: whoever waits goes on at once. Never disposed, as the loop may have ended by itself; it holds no timer.
        watched.Ending.Cancel();
    }

    private async Task FollowAsync(RunId run, Watched watched)
    {
        // Not on the circuit of the first who looks.
        await Task.Yield();
        var ended = watched.Ending.Token;
        try
        {
            while (true)
            {
                try
                {
                    if (!await FollowOnceAsync(run, watched, ended))
                    {
                        watched.Publish(null);
                        return;
                    }
                }
                catch (Exception exception) when (!ended.IsCancellationRequested)
                {
                    LogFailure(logger, exception, run);
                    watched.Publish(RunAnalysis.Failed);
                }

                await Task.Delay(AnalysisPace.Shortest, time, ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The last who looked has gone.
        }
    }

    // Until the feed asks for another reading of the store; false when there is no such run.
    private async Task<bool> FollowOnceAsync(RunId run, Watched watched, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(run, cancellationToken) is not { } detail)
        {
            return false;
        }

        var trunk = detail.Spec.Branch is { } branch ? await records.EquilibriumAsync(branch.Run, cancellationToken) : null;
        var points = await RunPoints.ReadAsync(series, run, detail.Spec, detail.MetricKeys, cancellationToken);
        var pace = new AnalysisPace(time);
        await AnalyseAsync(silence: null);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var updates = feed.WatchAsync(run, points.Keys, SeriesAxis.Step, points.Cursor, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = updates.MoveNextAsync().AsTask();
        try
        {
            var (status, isDue, heardAt) = (detail.Run.Status, false, time.GetTimestamp());
            while (true)
            {
                await Task.WhenAny(next, isDue ? pace.WhenDueAsync(leaving.Token) : Task.Delay(s_silence, time, leaving.Token));
                if (next.IsCompleted)
                {
                    if (!await next || MustReadAgain(updates.Current, points))
                    {
                        return true;
                    }

                    isDue |= points.Add(updates.Current) || updates.Current.Run.Status != status;
                    (status, heardAt) = (updates.Current.Run.Status, time.GetTimestamp());
                    next = updates.MoveNextAsync().AsTask();
                }

                var silence = status == RunStatus.Running && time.GetElapsedTime(heardAt) is var quiet && quiet >= s_silence ? quiet : (TimeSpan?)null;
                if ((isDue && pace.IsDue) || silence is not null)
                {
                    isDue = false;
                    await AnalyseAsync(silence);
                }
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await updates.DisposeAsync();
        }

        async Task AnalyseAsync(TimeSpan? silence)
        {
            var record = points.ToRecord();
            using (pace.Work())
            {
                watched.Publish(await Task.Run(() => new RunAnalysis(RunThermodynamics.Of(record, trunk), Judge(record, silence)), cancellationToken));
            }
        }
    }

    private static bool MustReadAgain(RunUpdate update, RunPoints points) =>
        update.MustReload || update.NewKeys.Any(key => RunPoints.IsNeeded(key) && !points.Keys.Contains(key, StringComparer.Ordinal));

    private IReadOnlyList<RunAlert> Judge(RunRecord record, TimeSpan? silence) => _alerts[record.Id] = RunAlerts.Of(record, silence);

    private sealed class Watched
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private RunAnalysis? _latest;
        private bool _isMissing;

        public int Viewers { get; set; }

        public CancellationTokenSource Ending { get; } = new();

        /// <summary>Null: there is no such run.</summary>
        public void Publish(RunAnalysis? analysis)
        {
            using (_gate.EnterScope())
            {
                (_latest, _isMissing) = (analysis, analysis is null);
                _changed.TrySetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task<RunAnalysis?> NextAsync(RunAnalysis? seen, CancellationToken cancellationToken)
        {
            while (true)
            {
                Task changed;
                using (_gate.EnterScope())
                {
                    if (_isMissing || (_latest is not null && !ReferenceEquals(_latest, seen)))
                    {
                        return _latest;
                    }

                    changed = _changed.Task;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
    }
}
