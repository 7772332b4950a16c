using Ntl.Domain.Laboratory;

namespace Ntl.Web.Components.Lab;

/// <summary>Has the laboratory's code compiled before its first visitor, once the server has had time for what is asked of it at its start.</summary>
internal sealed partial class LabRehearsal(TimeProvider time, ILogger<LabRehearsal> logger) : BackgroundService
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(s_delay, time, stoppingToken);
        try
        {
            await Task.Run(() => Rehearsal.Run(stoppingToken), stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A card that breaks says so to whoever runs it; here nobody waits, and the server must go on.
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The laboratory could not be rehearsed; the first run of a card takes longer")]
    private partial void LogFailed(Exception exception);
}
