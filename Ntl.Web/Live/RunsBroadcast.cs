using Microsoft.AspNetCore.SignalR;

namespace Ntl.Web.Live;

/// <summary>Passes changes of the list of runs to the hub's followers.</summary>
public sealed class RunsBroadcast(ILiveRunFeed feed, IHubContext<RunHub, IRunClient> hub) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var rows in feed.WatchRunsAsync(stoppingToken))
        {
            await hub.Clients.Group(RunHub.RunsGroup).RunsChanged(rows);
        }
    }
}
