using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Ntl.Domain.Runs;

namespace Ntl.Web.Live;

/// <summary>The live feed for viewers outside the pages, at <c>/hubs/runs</c> (docs/api.md).</summary>
public sealed class RunHub(ILiveRunFeed feed) : Hub<IRunClient>
{
    public const string Path = "/hubs/runs";

    internal const string RunsGroup = "runs";
    private const int MostKeys = 64;

    /// <summary>Streams one run: first all that is newer than the cursor, then each change. Ends when the client disposes the stream.</summary>
    public async IAsyncEnumerable<RunFrame> Watch(
        string runId, IReadOnlyList<string> keys, string? axis, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!RunId.TryParse(runId, out var run))
        {
            throw new HubException($"'{runId}' is not a run's id.");
        }

        if (keys.Count > MostKeys)
        {
            throw new HubException($"At most {MostKeys} keys a stream.");
        }

        var chosen = SeriesAxis.Step;
        if (axis is not null && (!Enum.TryParse(axis, ignoreCase: true, out chosen) || !Enum.IsDefined(chosen)))
        {
            throw new HubException($"There is no axis '{axis}': step, tokens, elapsed or learningRateSum.");
        }

        var start = SeriesCursor.Parse(cursor) ?? throw new HubException("That is not a cursor that this server gave.");
        var isKnown = false;
        await foreach (var update in feed.WatchAsync(run, keys, chosen, start, cancellationToken))
        {
            isKnown = true;
            yield return new RunFrame(
                update.Run, SeriesDeltaCodec.Encode(update.Deltas, withX: chosen != SeriesAxis.Step), update.Events, update.NewKeys, update.Cursor.ToString(), update.MustReload);
        }

        if (!isKnown)
        {
            throw new HubException($"There is no run {run}.");
        }
    }

    /// <summary>From now on <see cref="IRunClient.RunsChanged"/> is called.</summary>
    public Task FollowRuns() => Groups.AddToGroupAsync(Context.ConnectionId, RunsGroup, Context.ConnectionAborted);

    /// <summary>Ends <see cref="FollowRuns"/>.</summary>
    public Task UnfollowRuns() => Groups.RemoveFromGroupAsync(Context.ConnectionId, RunsGroup, Context.ConnectionAborted);
}
