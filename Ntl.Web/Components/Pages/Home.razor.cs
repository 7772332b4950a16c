using Microsoft.AspNetCore.Components;
using Ntl.Web.Components.Composer;
using Ntl.Web.Live;
using Ntl.Web.Queue;
using Radzen;

namespace Ntl.Web.Components.Pages;

/// <summary>What runs now, what waits, what ended last.</summary>
public sealed partial class Home
{
    private const int ResultsShown = 8;

    private static readonly string s_picture = ScheduleShape.All[0].Picture;

    private QueueView? _queue;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IRunCommands Commands { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    private bool IsEmpty => _queue is { Active.Count: 0, Waiting.Count: 0, LastResults.Count: 0 };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _queue = await Queries.GetQueueAsync(ResultsShown, Ended);
        Follow(FollowRunsAsync);
    }

    private async Task FollowRunsAsync(CancellationToken cancellationToken)
    {
        await foreach (var changed in Feed.WatchRunsAsync(cancellationToken))
        {
            // Figures of running runs are patched in; only a change of place or status asks the database again.
            _queue = changed.All(IsOnlyFigures)
                ? _queue! with { Active = [.. _queue.Active.Select(run => changed.LastOrDefault(row => row.Id == run.Id) ?? run)] }
                : await Queries.GetQueueAsync(ResultsShown, cancellationToken);
            StateHasChanged();
        }
    }

    private bool IsOnlyFigures(RunRow row) =>
        _queue!.Active.FirstOrDefault(run => run.Id == row.Id) is { } shown && shown.Status == row.Status && shown.PendingAction == row.PendingAction;

    private async Task MoveAsync(RunRow run, int by) =>
        await TellAsync(await Commands.MoveAsync(run.Id, (run.QueuePosition ?? 1) + by, Ended));

    private async Task CancelAsync(RunRow run) => await TellAsync(await Commands.CancelAsync(run.Id, Ended));

    private async Task TellAsync(CommandOutcome outcome)
    {
        if (!outcome.IsAccepted)
        {
            Notifications.Notify(NotificationSeverity.Warning, outcome.Message);
        }

        _queue = await Queries.GetQueueAsync(ResultsShown, Ended);
    }
}
