using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Runs;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>All runs: searched, filtered, sorted and cut into pages by the server; the URL says how.</summary>
public sealed partial class Runs
{
    private readonly List<RunId> _ticked = [];
    private RunsView _view = new();
    private RunPage? _page;
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    private int LastPage => Math.Max(1, ((_page?.Total ?? 0) + RunsView.RowsAPage - 1) / RunsView.RowsAPage);

    private string Range
    {
        get
        {
            var first = ((_view.Page - 1) * RunsView.RowsAPage) + 1;
            return $"{Format.Count(first)}–{Format.Count(first + (_page?.Rows.Count ?? 1) - 1)}";
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        Follow(FollowRunsAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            _view = RunsView.FromQuery(query);
            await LoadAsync();
        }
    }

    private async Task FollowRunsAsync(CancellationToken cancellationToken)
    {
        await foreach (var changed in Feed.WatchRunsAsync(cancellationToken))
        {
            if (_page is null)
            {
                continue;
            }

            // A row that is shown is patched where it stands; a new run, or a status that the filter may judge otherwise, asks again.
            if (changed.Any(row => _page.Rows.FirstOrDefault(shown => shown.Id == row.Id) is var known && known?.Status != row.Status))
            {
                await LoadAsync();
            }
            else
            {
                _page = _page with { Rows = [.. _page.Rows.Select(shown => changed.LastOrDefault(row => row.Id == shown.Id) ?? shown)] };
            }

            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        var view = _view;
        var page = await Queries.ListAsync(view.ToRequest(), Ended);
        if (ReferenceEquals(view, _view)) // else a later letter or click has asked for something else
        {
            _page = page;
        }
    }

    private async Task ShowAsync(RunsView view)
    {
        _view = view;
        _url.Write("/runs", view.ToQuery());
        await LoadAsync();
    }

    private Task SearchAsync(string? text) => ShowAsync(_view with { Text = text ?? "", Page = 1 });

    private Task ToggleAsync(RunStatus status) => ShowAsync(_view.Toggled(status));

    private Task SortAsync(RunSort sort) => ShowAsync(_view.SortedBy(sort));

    private Task GoAsync(int pages) => ShowAsync(_view with { Page = Math.Clamp(_view.Page + pages, 1, LastPage) });

    // The ticked ones, on whichever page they were; else what the search finds.
    private string CompareAddress => _ticked.Count > 0 ? $"/compare?runs={string.Join(',', _ticked.Select(run => run.Value))}"
        : _view.Text.Length > 0 ? QueryHelpers.AddQueryString("/compare", "search", _view.Text) : "/compare";

    private string CompareText => _ticked.Count > 0 ? $"Compare {_ticked.Count}" : _view.Text.Length > 0 ? "Compare these" : "Compare";

    private void Tick(RunId run)
    {
        if (!_ticked.Remove(run))
        {
            _ticked.Add(run);
        }
    }

    private string Pressed(RunStatus status) => _view.Statuses.Contains(status) ? "true" : "false";
}
