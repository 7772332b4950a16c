using Ntl.Domain.Laboratory;

namespace Ntl.Web.Components.Lab;

/// <summary>
/// Runs a reader's experiments, the latest only, off the renderer's context. Everything else of it belongs to that context: it must be
/// called there, and <paramref name="changed"/> is called there.
/// </summary>
/// <param name="gate">Of the server.</param>
/// <param name="clock">Counts what a reader waits.</param>
/// <param name="logger">For an experiment that breaks.</param>
/// <param name="changed">Called when something to show has changed.</param>
internal sealed partial class LabBench(LabGate gate, TimeProvider clock, ILogger logger, Action changed) : IAsyncDisposable
{
    // What is over sooner needs no bar.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200);

    private CancellationTokenSource? _current;
    private Task _run = Task.CompletedTask;

    public LabStage Stage { get; private set; }

    /// <summary>Share done, in [0, 1].</summary>
    public double Progress { get; private set; }

    /// <summary>Whether the reader has waited long enough to be shown how far it is.</summary>
    public bool IsLong { get; private set; }

    /// <summary>The last result of the card; null before the first.</summary>
    public LabResult? Result { get; private set; }

    /// <summary>How long the last result took, its wait for others not counted.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Whether the last result belongs to other values than the last ones asked for.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Puts another card on the bench.</summary>
    public void Clear()
    {
        Stop();
        (Result, IsStale, Stage) = (null, false, LabStage.Idle);
    }

    /// <summary>The values have changed: what runs is of no use any more.</summary>
    public void Invalidate()
    {
        Stop();
        (IsStale, Stage) = (true, LabStage.Idle);
    }

    /// <summary>Runs a card; the run before is cancelled.</summary>
    public void Start(LabCard card, KnobValues values)
    {
        Invalidate();
        _current = new();
        _run = RunAsync(card, values, _run, _current);
    }

    /// <summary>The reader does not want to wait.</summary>
    public void Cancel()
    {
        Stop();
        Stage = LabStage.Cancelled;
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _run;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The experiment {Card} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string card);

    private void Stop()
    {
        _current?.Cancel();
        (_current, IsLong) = (null, false);
    }

    private async Task RunAsync(LabCard card, KnobValues values, Task before, CancellationTokenSource mine)
    {
        using (mine)
        {
            try
            {
                await before; // it has been cancelled, and ends in milliseconds
                await RunAsync(card, values, mine.Token);
            }
            catch (OperationCanceledException) when (mine.IsCancellationRequested)
            {
                // Whoever cancelled has said what comes instead.
            }
            catch (Exception exception)
            {
                LogFailure(logger, exception, card.Id);
                if (!mine.IsCancellationRequested)
                {
                    (Stage, IsLong) = (LabStage.Failed, false);
                    changed();
                }
            }
            finally
            {
                if (_current == mine)
                {
                    _current = null;
                }
            }
        }
    }

    private async Task RunAsync(LabCard card, KnobValues values, CancellationToken cancellationToken)
    {
        (Stage, Progress) = (LabStage.Waiting, 0);
        var entering = gate.EnterAsync(cancellationToken);
        if (!entering.IsCompleted)
        {
            changed();
        }

        using var place = await entering;
        Stage = LabStage.Running;
        changed();
        var share = new LatestShare();
        var start = clock.GetTimestamp();
        var work = Task.Run(() => card.Run(values, share, cancellationToken), cancellationToken);
        for (var wait = s_patience; await Task.WhenAny(work, Task.Delay(wait, clock, cancellationToken)) != work; wait = s_tick)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                await work; // the place is given back when it has stopped
            }

            (Progress, IsLong) = (share.Value, true);
            changed();
        }

        var result = await work;
        cancellationToken.ThrowIfCancellationRequested();
        (Result, Elapsed, IsStale, IsLong, Stage) = (result, clock.GetElapsedTime(start), false, false, LabStage.Idle);
        changed();
    }

    // Written from the experiment's threads, read here now and then.
    private sealed class LatestShare : IProgress<double>
    {
        private double _value;

        public double Value => Volatile.Read(ref _value);

        public void Report(double value) => Volatile.Write(ref _value, value);
    }
}
