using Microsoft.AspNetCore.Components;
using Ntl.Web.Persistence;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Saves a version under a name of its own, with its origin.</summary>
public sealed partial class ForkForm
{
    // One a form: pressing the button twice saves one fork.
    private readonly string _key = Guid.NewGuid().ToString("N");
    private LabelDraft _draft = new();
    private SaveOutcome? _outcome;
    private string? _fault;
    private bool _isSaving;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Inject]
    private RememberedName Remembered { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter, EditorRequired]
    public SavedSchedule Saved { get; set; } = null!;

    /// <summary>The form is not wanted any more.</summary>
    [Parameter, EditorRequired]
    public EventCallback Closed { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() =>
        _draft = LabelDraft.Of(Saved.Label with { Name = $"{Saved.Label.Name[..Math.Min(Saved.Label.Name.Length, ScheduleLabelRules.LongestName - 7)]} (fork)", Owner = "", Notes = "" });

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Remembered.RecallAsync(CancellationToken.None) is { Length: > 0 } name && _draft.Owner.Length == 0)
        {
            _draft.Owner = name;
            StateHasChanged();
        }
    }

    private async Task SaveAsync()
    {
        (_outcome, _fault) = (null, null);
        if (_isSaving || !_draft.Check())
        {
            return;
        }

        _isSaving = true;
        try
        {
            _outcome = await Library.SaveAsync(new NewSchedule { Label = _draft.ToLabel(), Schedule = Saved.Schedule, ForkOf = Saved.Reference }, _key, CancellationToken.None);
            _draft.Refuse(_outcome.Problems);
            if (_outcome is { IsStored: true, Saved: { } fork })
            {
                await Remembered.KeepAsync(fork.Label.Owner, CancellationToken.None);
                Navigation.NavigateTo($"/schedules/{fork.Id}");
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
