using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Compose;

/// <summary>Saves the composed schedule to the library, as a new one, a version or a fork, and takes others from it to compare with.</summary>
public sealed partial class LibraryPanel : IDisposable
{
    private const string Untitled = "Untitled schedule";

    private readonly CancellationTokenSource _ending = new();
    private string _owner = "";
    private string _note = "";
    private SaveOutcome? _outcome;
    private ScheduleSpec? _outcomeOf;
    private bool _isSaving;

    [Inject]
    private RememberedName Remembered { get; set; } = null!;

    [Parameter, EditorRequired]
    public ScheduleSpec Schedule { get; set; } = null!;

    [Parameter, EditorRequired]
    public IScheduleLibrary Library { get; set; } = null!;

    /// <summary>Its name in the composer; may be empty.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version that it was taken from; null for a schedule of its own.</summary>
    [Parameter]
    public SavedSchedule? From { get; set; }

    /// <summary>Schedules to choose from.</summary>
    [Parameter]
    public IReadOnlyList<ScheduleRow> Rows { get; set; } = [];

    /// <summary>Where this very schedule is in the library.</summary>
    [Parameter]
    public IReadOnlyList<KnownSchedule> Known { get; set; } = [];

    /// <summary>It is stored now.</summary>
    [Parameter]
    public EventCallback<SavedSchedule> Saved { get; set; }

    /// <summary>One of the library's is to be compared with.</summary>
    [Parameter]
    public EventCallback<string> Pinned { get; set; }

    private static string PinText => "";

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_outcomeOf is not null && !_outcomeOf.Equals(Schedule))
        {
            (_outcome, _outcomeOf) = (null, null); // it spoke of another schedule
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Remembered.RecallAsync(_ending.Token) is { Length: > 0 } name && _owner.Length == 0)
        {
            _owner = name;
            StateHasChanged();
        }
    }

    private string? ProblemOf(string field) => _outcome?.Problems.FirstOrDefault(problem => problem.Path.EndsWith(field, StringComparison.Ordinal))?.Message;

    private Task SaveAsync(ScheduleReference? forkOf) => StoreAsync(() => Library.SaveAsync(
        new()
        {
            Label = new(Name.Trim() is { Length: > 0 } name ? name : forkOf is null ? Untitled : From!.Label.Name, _owner.Trim(), From is not null && forkOf is not null ? From.Label.Tags : [], ""),
            Schedule = Schedule,
            Note = _note.Trim(),
            ForkOf = forkOf,
        },
        null,
        _ending.Token));

    private Task AddVersionAsync() => StoreAsync(() => Library.AddVersionAsync(From!.Id, From.CurrentVersion, Schedule, _note.Trim(), _owner.Trim(), null, _ending.Token));

    private async Task StoreAsync(Func<Task<SaveOutcome>> store)
    {
        if (_isSaving)
        {
            return;
        }

        _isSaving = true;
        try
        {
            (_outcome, _outcomeOf) = (await store(), Schedule);
        }
        finally
        {
            _isSaving = false;
        }

        if (_outcome is { IsStored: true, Saved: { } saved })
        {
            await Remembered.KeepAsync(_owner.Trim(), _ending.Token);
            await Saved.InvokeAsync(saved);
        }
    }

    private Task PinAsync(string? id) => id is { Length: > 0 } ? Pinned.InvokeAsync(id) : Task.CompletedTask;
}
