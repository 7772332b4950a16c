using Microsoft.AspNetCore.Components;
using Ntl.Web.Leaderboard;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Pages;

/// <summary>All tracks, newest first.</summary>
public sealed partial class TrackList
{
    private IReadOnlyList<TrackRow>? _rows;

    [Inject]
    private ITracks Tracks { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Follow(FollowAsync);
        _rows = await Tracks.ListAsync(Ended);
    }

    // A list moves when a run begins or ends, not with every step.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var changed in Feed.WatchRunsAsync(cancellationToken))
        {
            if (changed.Any(run => run.TrackId is not null && (run.EndedAt is not null || run.StepsDone == 0)))
            {
                _rows = await Tracks.ListAsync(cancellationToken);
                StateHasChanged();
            }
        }
    }
}
