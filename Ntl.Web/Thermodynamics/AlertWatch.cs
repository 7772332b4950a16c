using Ntl.Domain.Runs;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Thermodynamics;

/// <summary>Judges runs that nobody looks at, so that lists can show their alerts: those that train now and then, those that have ended once.</summary>
internal sealed partial class AlertWatch(IRunQueries runs, RunAnalyses analyses, TimeProvider time, ILogger<AlertWatch> logger) : BackgroundService
{
    private const int LastResults = 12;

    // A reading of every point of a run: seldom enough not to be felt by its trainer.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<RunId, (long Steps, RunStatus Status)> _judged = [];

    /// <summary>Judges each run that has moved since it was judged last.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        var queue = await runs.GetQueueAsync(LastResults, cancellationToken);
        foreach (var row in queue.Active.Concat(queue.LastResults))
        {
            var state = (row.StepsDone, row.Status);
            if (row.StepsDone > 0 && (!_judged.TryGetValue(row.Id, out var judged) || judged != state))
            {
                await analyses.CheckAsync(row.Id, cancellationToken);
                _judged[row.Id] = state;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PassAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is StoreException or IOException or InvalidDataException or InvalidOperationException or ArgumentException or ArithmeticException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Runs could not be judged; they are tried again in half a minute")]
    private partial void LogFailed(Exception exception);
}
