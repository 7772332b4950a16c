using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Runs the queue: at once when something changed, else twice a second.</summary>
public sealed partial class QueueService(QueueKeeper queue, QueueSignal signal, ILogger<QueueService> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await queue.PassAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is StoreException or IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // A full or foreign-locked disk passes; the next pass finds the same state and tries again.
                LogFailed(exception);
            }

            await signal.WaitAsync(s_interval, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue could not go on; it tries again")]
    private partial void LogFailed(Exception exception);
}
