using Microsoft.AspNetCore.Components;
using Ntl.Web.Persistence;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Changes what people say about a schedule. Of two who change it at once, the second one is asked.</summary>
public sealed partial class DescribeForm
{
    private LabelDraft _draft = new();
    private SavedSchedule? _shown;
    private int _expected;
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

    /// <summary>The description is stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback<SavedSchedule> Stored { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // What is typed stays, whatever becomes of the schedule meanwhile: the revision tells.
        if (_shown is null || !string.Equals(_shown.Id, Saved.Id, StringComparison.Ordinal))
        {
            Begin(Saved);
        }
    }

    private void Begin(SavedSchedule saved)
    {
        (_shown, _expected, _draft) = (saved, saved.Revision, LabelDraft.Of(saved.Label));
        (_outcome, _fault, _said) = (null, null, null);
    }

    private async Task TakeTheirsAsync(SavedSchedule theirs)
    {
        Begin(theirs);
        await Stored.InvokeAsync(theirs);
    }

    private Task OverwriteAsync(SavedSchedule theirs)
    {
        _expected = theirs.Revision;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        (_outcome, _fault, _said) = (null, null, null);
        if (_isSaving || !_draft.Check())
        {
            return;
        }

        _isSaving = true;
        try
        {
            var outcome = await Library.DescribeAsync(Saved.Id, _expected, _draft.ToLabel(), CancellationToken.None);
            _outcome = outcome;
            _draft.Refuse(outcome.Problems);
            if (outcome is { IsStored: true, Saved: { } stored })
            {
                Begin(stored);
                _said = outcome.Message;
                await Remembered.KeepAsync(stored.Label.Owner, CancellationToken.None);
                await Stored.InvokeAsync(stored);
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
