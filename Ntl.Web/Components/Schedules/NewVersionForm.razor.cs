using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Saves another version of a schedule, from its JSON. Of two who save at once, the second one sees what the first one changed.</summary>
public sealed partial class NewVersionForm
{
    private ScheduleText _json = new();
    private SavedSchedule? _shown;
    private int _expected;
    private string _note = "";
    private string _author = "";
    private SaveOutcome? _outcome;
    private string? _fault;
    private string? _said;
    private bool _isSaving;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Inject]
    private RememberedName Remembered { get; set; } = null!;

    [Parameter, EditorRequired]
    public SavedSchedule Saved { get; set; } = null!;

    /// <summary>The version is stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback<SavedSchedule> Stored { get; set; }

    private ScheduleDiff? Preview => _json.Schedule is { } schedule && !schedule.Equals(Saved.Schedule) ? ScheduleDiff.Between(Saved.Schedule, schedule) : null;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shown is null || !string.Equals(_shown.Id, Saved.Id, StringComparison.Ordinal) || _shown.Version.Number != Saved.Version.Number)
        {
            Begin(Saved);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && _author.Length == 0 && await Remembered.RecallAsync(CancellationToken.None) is { Length: > 0 } name && _author.Length == 0)
        {
            _author = name;
            StateHasChanged();
        }
    }

    // The newest version is what an edit of any version follows; what came after this page was loaded is a conflict.
    private void Begin(SavedSchedule saved)
    {
        (_shown, _expected, _json, _note) = (saved, saved.CurrentVersion, ScheduleText.Of(saved.Schedule), "");
        (_outcome, _fault, _said) = (null, null, null);
    }

    private void Type(string text)
    {
        _json.Text = text;
        _said = null;
    }

    private string? ProblemOf(string field) => _outcome?.Problems.FirstOrDefault(problem => string.Equals(problem.Path, field, StringComparison.Ordinal))?.Message;

    private Task FollowAsync(SavedSchedule theirs)
    {
        _expected = theirs.CurrentVersion;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        (_outcome, _fault, _said) = (null, null, null);
        if (_isSaving || _json.Schedule is not { } schedule)
        {
            return;
        }

        _isSaving = true;
        try
        {
            _outcome = await Library.AddVersionAsync(Saved.Id, _expected, schedule, _note, _author, null, CancellationToken.None);
            if (_outcome is { Result: SaveResult.Saved, Saved: { } stored })
            {
                await Remembered.KeepAsync(_author.Trim(), CancellationToken.None);
                await Stored.InvokeAsync(stored);
            }
            else if (_outcome.Result == SaveResult.Unchanged)
            {
                _said = _outcome.Message;
            }
            else if (_outcome.Problems.FirstOrDefault(problem => string.Equals(problem.Path, "schedule", StringComparison.Ordinal)) is { } problem)
            {
                _json.Problem = problem.Message;
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
