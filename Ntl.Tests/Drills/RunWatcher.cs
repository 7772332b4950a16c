using System.Collections.Concurrent;
using System.Net.WebSockets;
using Ntl.Tests.Support;

namespace Ntl.Tests.Drills;

/// <summary>A viewer outside that follows a run through every restart of the server and remembers all it was shown.</summary>
public sealed class RunWatcher : IDisposable
{
    private readonly Uri _server;
    private readonly IReadOnlyList<string> _keys;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<HubPoint> _seen = new();
    private readonly Task _following;

    public RunWatcher(Uri server, string run, IReadOnlyList<string> keys)
    {
        (_server, Run, _keys) = (server, run, keys);
        _following = Task.Run(FollowAsync);
    }

    public string Run { get; }

    public string Status { get; private set; } = "";

    public bool IsFinal => _final.Task.IsCompleted;

    public IReadOnlyCollection<HubPoint> Seen => _seen;

    public async Task FinalAsync(TimeSpan longest)
    {
        await Task.WhenAny(_final.Task, _following, Task.Delay(longest));
        if (!IsFinal)
        {
            throw new TimeoutException($"Run {Run} is still {Status} after {longest}, having shown {_seen.Count} points.{(_following.IsFaulted ? " " + _following.Exception : "")}");
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task FollowAsync()
    {
        string? cursor = null;
        while (!IsFinal && !_end.IsCancellationRequested)
        {
            try
            {
                using var viewer = new HubViewer();
                await viewer.ConnectAsync(_server, _end.Token);
                await foreach (var update in viewer.WatchAsync(Run, _keys, cursor, _end.Token))
                {
                    Assert.False(update.MustReload);
                    foreach (var point in update.Points)
                    {
                        _seen.Enqueue(point);
                    }

                    cursor = update.Cursor;
                    Status = update.Status;
                    if (update.Status is "finished" or "failed" or "cancelled")
                    {
                        _final.TrySetResult();
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException)
            {
                await Task.Delay(100);
            }
        }
    }
}
