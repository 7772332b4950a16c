using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Pages;

/// <summary>Saves a schedule that is there already: a run's, or one in JSON.</summary>
public sealed partial class SaveSchedule
{
    // One a visit: pressing the button twice saves one schedule.
    private readonly string _key = Guid.NewGuid().ToString("N");
    private readonly LabelDraft _draft = new();
    private ScheduleText _json = new();
    private IReadOnlyList<KnownSchedule> _known = [];
    private RunRow? _run;
    private string _note = "";
    private SaveOutcome? _outcome;
    private string? _fault;
    private bool _isSaving;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private RememberedName Remembered { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var query = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query);
        if (query.TryGetValue("run", out var given) && RunId.TryParse(given, out var id) && await Queries.FindAsync(id, Ended) is { } detail)
        {
            _run = detail.Run;
            _json = ScheduleText.Of(detail.Spec.Schedule);
            _draft.Name = detail.Run.Name;
            _note = $"As trained in run {id.Value}.";
        }
        else if (query.TryGetValue("phases", out var phases))
        {
            _json.Text = phases.ToString();
        }

        await LookAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Remembered.RecallAsync(Ended) is { Length: > 0 } name && _draft.Owner.Length == 0)
        {
            _draft.Owner = name;
            StateHasChanged();
        }
    }

    private async Task TypeAsync(string text)
    {
        _json.Text = text;
        await LookAsync();
    }

    private async Task LookAsync()
    {
        var schedule = _json.Schedule;
        var known = schedule is null ? [] : await Library.FindByHashAsync(schedule.Hash.Value, Ended);
        if (ReferenceEquals(schedule, _json.Schedule)) // else something else was typed meanwhile
        {
            _known = known;
        }
    }

    private async Task SaveAsync()
    {
        (_outcome, _fault) = (null, null);
        if (_isSaving)
        {
            return;
        }

        var isLabelled = _draft.Check();
        if (_json.Schedule is not { } schedule)
        {
            _json.Problem ??= "Paste a schedule's JSON.";
            return;
        }

        if (!isLabelled)
        {
            return;
        }

        _isSaving = true;
        try
        {
            _outcome = await Library.SaveAsync(new NewSchedule { Label = _draft.ToLabel(), Schedule = schedule, Note = _note }, _key, Ended);
            _draft.Refuse(_outcome.Problems);
            if (_outcome.Problems.FirstOrDefault(problem => problem.Path is "schedule" or "") is { } problem)
            {
                _json.Problem = problem.Message;
            }

            if (_outcome is { IsStored: true, Saved: { } saved })
            {
                await Remembered.KeepAsync(saved.Label.Owner, Ended);
                Navigation.NavigateTo($"/schedules/{saved.Id}");
            }
        }
        catch (StoreException exception)
        {
            _fault = exception.Message;
        }
        finally
        {
            _isSaving = false;
        }
    }
}
