using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Live;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Pages;

/// <summary>All schedules of the library: searched, filtered, sorted and cut into pages by the server; the URL says how.</summary>
public sealed partial class ScheduleList
{
    private const int MostTagsShown = 12;

    private SchedulesView _view = new();
    private SchedulePage? _page;
    private ScheduleFacets _facets = new([], []);
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    private int LastPage => Math.Max(1, ((_page?.Total ?? 0) + SchedulesView.RowsAPage - 1) / SchedulesView.RowsAPage);

    private string Range
    {
        get
        {
            var first = ((_view.Page - 1) * SchedulesView.RowsAPage) + 1;
            return $"{Format.Count(first)}–{Format.Count(first + (_page?.Rows.Count ?? 1) - 1)}";
        }
    }

    // What the view is narrowed by can always be let go of, used or not.
    private IEnumerable<ScheduleFacet> Owners => WithChosen(_facets.Owners, _facets.Owners, _view.Owner.Length > 0 ? [_view.Owner] : []);

    private IEnumerable<ScheduleFacet> Tags => WithChosen(_facets.Tags.Take(MostTagsShown), _facets.Tags, _view.Tags);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        Follow(FollowSchedulesAsync);
        Follow(FollowRunsAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            _view = SchedulesView.FromQuery(query);
            await LoadAsync();
        }
    }

    private static IEnumerable<ScheduleFacet> WithChosen(IEnumerable<ScheduleFacet> shown, IReadOnlyList<ScheduleFacet> all, IReadOnlyList<string> chosen)
    {
        List<ScheduleFacet> offered = [.. shown];
        return offered.Concat(chosen.Where(value => !offered.Exists(facet => string.Equals(facet.Value, value, StringComparison.Ordinal)))
            .Select(value => all.FirstOrDefault(facet => string.Equals(facet.Value, value, StringComparison.Ordinal)) ?? new ScheduleFacet(value, 0)));
    }

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";

    private async Task FollowSchedulesAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in Library.WatchAsync(null, cancellationToken))
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    // A run that begins or ends may be one of a schedule shown here; its points in between change nothing that a row tells.
    private async Task FollowRunsAsync(CancellationToken cancellationToken)
    {
        Dictionary<RunId, RunStatus> statuses = [];
        await foreach (var changed in Feed.WatchRunsAsync(cancellationToken))
        {
            if (changed.Any(run => !statuses.TryGetValue(run.Id, out var known) || known != run.Status))
            {
                await LoadAsync();
                StateHasChanged();
            }

            foreach (var run in changed)
            {
                statuses[run.Id] = run.Status;
            }
        }
    }

    private async Task LoadAsync()
    {
        var view = _view;
        var page = await Library.ListAsync(view.ToRequest(), Ended);
        var facets = await Library.FacetsAsync(Ended);
        if (ReferenceEquals(view, _view)) // else a later letter or click has asked for something else
        {
            (_page, _facets) = (page, facets);
        }
    }

    private async Task ShowAsync(SchedulesView view)
    {
        _view = view;
        _url.Write("/schedules", view.ToQuery());
        await LoadAsync();
    }

    private Task SearchAsync(string? text) => ShowAsync(_view with { Text = text ?? "", Page = 1 });

    private Task OwnAsync(string? owner) => ShowAsync(_view with { Owner = owner ?? "", Page = 1 });

    private Task GoAsync(int pages) => ShowAsync(_view with { Page = Math.Clamp(_view.Page + pages, 1, LastPage) });
}
