using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Web.Components.Layout;
using Ntl.Web.Experiments;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Pages;

/// <summary>All experiments, newest first.</summary>
public sealed partial class ExperimentList
{
    private const int RowsAPage = 50;

    private ExperimentPage? _page;
    private int _skip;
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IExperiments Experiments { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

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
            _skip = int.TryParse(query("skip"), NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : 0;
            await LoadAsync();
        }
    }

    private async Task FollowRunsAsync(CancellationToken cancellationToken)
    {
        await foreach (var changed in Feed.WatchRunsAsync(cancellationToken))
        {
            var ids = changed.Select(row => row.ExperimentId).OfType<string>().ToHashSet(StringComparer.Ordinal);
            if (_page is not { } page || ids.Count == 0)
            {
                continue;
            }

            if (ids.All(id => page.Rows.Any(row => string.Equals(row.Id, id, StringComparison.Ordinal))))
            {
                _page = page with { Rows = [.. page.Rows.Select(row => row.With(changed))] };
            }
            else
            {
                await LoadAsync();
            }

            StateHasChanged();
        }
    }

    private async Task LoadAsync() => _page = await Experiments.ListAsync(_skip, RowsAPage, Ended);

    private async Task GoAsync(int by)
    {
        _skip = Math.Max(0, _skip + by);
        _url.Write("/experiments", _skip == 0 ? [] : [new("skip", _skip.ToString(CultureInfo.InvariantCulture))]);
        await LoadAsync();
    }
}
