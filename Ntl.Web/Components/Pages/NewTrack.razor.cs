using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Composer;
using Ntl.Web.Components.Leaderboard;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Datasets;
using Ntl.Web.Leaderboard;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>Opens a track from what a run fixes: an earlier one's, or one that the new-run page laid out.</summary>
public sealed partial class NewTrack
{
    private TrackDraft? _draft;
    private RunRow? _run;
    private bool _hasQuery;
    private string? _fault;
    private bool _isOpening;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ITracks Tracks { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IDatasetCatalog Catalog { get; set; } = null!;

    [Inject]
    private RememberedName Remembered { get; set; } = null!;

    private string ChangeLink => $"/runs/new{Navigation.ToAbsoluteUri(Navigation.Uri).Query}";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var query = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query);
        _hasQuery = query.Count > 0;
        var draft = RunDraft.FromQuery(query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
        if (query.TryGetValue("from", out var from) && RunId.TryParse(from, out var id) && await Queries.FindAsync(id, Ended) is { } original)
        {
            _run = original.Run;
            draft = DraftWriter.Write(original.Spec);
            draft.Take(query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
        }

        var datasets = await Catalog.ListAsync(Ended);
        _draft = new(DraftReader.Read(draft, [.. datasets.Select(row => row.ToSpec())]).Spec);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Remembered.RecallAsync(Ended) is { Length: > 0 } name && _draft is { By.Length: 0 } draft)
        {
            draft.By = name;
            StateHasChanged();
        }
    }

    private async Task OpenAsync()
    {
        if (_isOpening || _draft?.Read() is not { } track)
        {
            return;
        }

        _isOpening = true;
        _fault = null;
        try
        {
            var outcome = await Tracks.OpenAsync(track, Ended);
            _draft.Refuse(outcome.Problems);
            if (outcome.IsDone)
            {
                await Remembered.KeepAsync(track.By, Ended);
                Navigation.NavigateTo($"/tracks/{outcome.Id}");
            }
        }
        catch (StoreException exception)
        {
            _fault = exception.Message;
        }
        finally
        {
            _isOpening = false;
        }
    }
}
