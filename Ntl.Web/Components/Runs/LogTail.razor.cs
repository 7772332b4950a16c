using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>The end of the trainer's log, as it grows. Text only: escape sequences are taken out and nothing is read as markup.</summary>
public sealed partial class LogTail
{
    private const int FirstBytes = 64 << 10;
    private const int LinesKept = 1000;
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly List<(long Number, string Text)> _lines = [];
    private readonly LogText _text = new();
    private ElementReference _box;
    private long _lineCount;
    private string _search = "";
    private bool _isLoaded;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunRow Run { get; set; } = null!;

    private IEnumerable<(long Number, string Text)> Shown =>
        _search.Length == 0 ? _lines : _lines.Where(line => line.Text.Contains(_search, StringComparison.OrdinalIgnoreCase));

    private string Note => _search.Length == 0
        ? $"Last {Format.Count(_lines.Count)} lines"
        : $"{Format.Count(Shown.Count())} of the last {Format.Count(_lines.Count)} lines match";

    /// <inheritdoc/>
    protected override void OnInitialized() => Follow(FollowLogAsync);

    private async Task FollowLogAsync(CancellationToken cancellationToken)
    {
        var page = await Script.InvokeAsync<IJSObjectReference>("import", cancellationToken, $"./{Assets["lib/page.js"]}");
        var follower = await page.InvokeAsync<IJSObjectReference>("followEnd", cancellationToken, _box);
        try
        {
            using var timer = new PeriodicTimer(s_pace, Clock);
            (int? Attempt, long? From) place = (null, null);
            do
            {
                var wasFinal = Run.Status.IsFinal();
                place = await ReadOnAsync(place, cancellationToken);
                if (wasFinal)
                {
                    break;
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));

            // Nothing more comes, but the view keeps to the log's end while the last lines are drawn.
            await Task.Delay(Timeout.InfiniteTimeSpan, Clock, cancellationToken);
        }
        finally
        {
            await ReaderGone.LeaveAsync(async () =>
            {
                await follower.InvokeVoidAsync("dispose", CancellationToken.None);
                await follower.DisposeAsync();
                await page.DisposeAsync();
            });
        }
    }

    private async Task<(int? Attempt, long? From)> ReadOnAsync((int? Attempt, long? From) place, CancellationToken cancellationToken)
    {
        while (true)
        {
            var part = await Queries.ReadLogAsync(Run.Id, null, place.From, FirstBytes, cancellationToken);
            _isLoaded = true;
            if (part is null)
            {
                StateHasChanged();
                return place;
            }

            if (place.Attempt is { } before && before != part.Attempt)
            {
                // A new attempt writes a new file: read it from its beginning.
                Add($"— attempt {part.Attempt} —");
                place = (part.Attempt, 0);
                continue;
            }

            foreach (var line in _text.Take(part.Text))
            {
                Add(line);
            }

            StateHasChanged();
            place = (part.Attempt, part.NextByte);
            if (part.NextByte >= part.TotalBytes)
            {
                return place;
            }
        }
    }

    private void Add(string line)
    {
        _lines.Add((_lineCount++, line));
        if (_lines.Count > LinesKept)
        {
            _lines.RemoveRange(0, _lines.Count - LinesKept);
        }
    }
}
