using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Experiments;
using Ntl.Domain.Leaderboard;
using Ntl.Web.Components.Compose;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Pages;

/// <summary>An entry with all that it stands on: schedule, every seed, every comparison, what others asked of it and what came of it.</summary>
public sealed partial class EntryOverview
{
    private EntryDetail? _detail;
    private TrackBoard? _board;
    private bool _isMissing;
    private string? _against;
    private IReadOnlyList<PairComparison> _pairs = [];
    private IReadOnlyList<BatchOutcome> _outcomes = [];
    private IReadOnlyList<(string Name, IReadOnlyList<string> Values)> _environments = [];

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ITracks Tracks { get; set; } = null!;

    [Inject]
    private ITrackBoards Boards { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    private string ComposeLink => QueryHelpers.AddQueryString("/compose", "schedule", ScheduleLink.Write(_detail!.Entry.Schedule));

    // Without a band nothing says how many digits count.
    private static double Width(RunForecast forecast) => forecast.High - forecast.Low ?? double.NaN;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _against = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query).TryGetValue("against", out var against) ? against.ToString() : null;
        if (string.Equals(_detail?.Entry.Id, Id, StringComparison.Ordinal))
        {
            return;
        }

        await LoadAsync();
        if (_detail is { } detail)
        {
            Follow(cancellationToken => FollowAsync(detail, cancellationToken));
        }
    }

    private async Task LoadAsync()
    {
        _detail = await Tracks.FindEntryAsync(Id, Ended);
        _isMissing = _detail is null;
        if (_detail is { } detail)
        {
            _environments = await Tracks.EnvironmentsAsync(Id, Ended);
            Show(detail, await Boards.ReadAsync(detail.Track.Id, null, Ended));
        }
    }

    // Another entry's page on the same circuit has its own loop; this one goes quiet.
    private async Task FollowAsync(EntryDetail shown, CancellationToken cancellationToken)
    {
        await foreach (var board in Boards.WatchAsync(shown.Track.Id, null, cancellationToken))
        {
            if (!string.Equals(Id, shown.Entry.Id, StringComparison.Ordinal))
            {
                return;
            }

            // The board, which all share, has the runs; only another batch is not on it, and it comes with runs of its own.
            var runs = board.Find(Id)?.Runs ?? [];
            var detail = runs.Count == _detail?.Runs.Count ? _detail with { Runs = runs } : await Tracks.FindEntryAsync(Id, cancellationToken);
            if (detail is not null)
            {
                Show(detail, board);
                StateHasChanged();
            }
        }
    }

    private void Show(EntryDetail detail, TrackBoard? board)
    {
        (_detail, _board) = (detail, board);
        _pairs = board is null || board.Find(Id) is null ? []
            : [.. board.Standings.Where(other => !string.Equals(other.Entry.Id, Id, StringComparison.Ordinal)).Select(other => board.Board.Compare(Id, other.Entry.Id))];
        _outcomes = board is null ? [] : BatchOutcomes.Of(detail, board);
    }

    private string Verdict(PairComparison pair) => pair switch
    {
        { Verdict: PairVerdict.Separated } when string.Equals(pair.Lower, Id, StringComparison.Ordinal) => "lower",
        { Verdict: PairVerdict.Separated } => "higher",
        { Verdict: PairVerdict.Tied } => "tied",
        _ => "not compared",
    };

    private static string Further(PairComparison pair) => pair switch
    {
        { Verdict: PairVerdict.Separated } => "–",
        { Verdict: PairVerdict.NotCompared } => pair.Why,
        _ => $"not within {pair.FurtherSeedsMaximum} more of either",
    };

    private string Against(BatchOutcome outcome) =>
        outcome.Batch.Against is { } against && _board?.Find(against) is { } other ? $" · against {other.Entry.Name}" : "";
}
