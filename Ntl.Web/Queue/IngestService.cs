using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Runs the ingest: without a pause while journals hold more, else once an interval.</summary>
public sealed partial class IngestService(JournalIngest ingest, NtlOptions options, TimeProvider time, ILogger<IngestService> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await ingest.PassAsync(stoppingToken) ? TimeSpan.Zero : options.IngestInterval;
            }
            catch (Exception exception) when (exception is StoreException or IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
            {
                // The journals keep what could not be stored; trainers never wait for the database.
                LogFailed(exception);
                wait = s_retryDelay;
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Journals could not be stored; they are read again in a second")]
    private partial void LogFailed(Exception exception);
}
