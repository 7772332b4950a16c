using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Web.Components.Compose;
using Ntl.Web.Components.Composer;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Laws;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Pages;

/// <summary>The composer: a schedule as phases on a time line, edited by hand, keyboard and number, with what it costs and what theory says of it. The URL keeps it.</summary>
public sealed partial class Compose : IDisposable
{
    private const string CopyLink = "Copy link";
    private const int RowsOffered = 30;

    // Losses are asked for when a hand has rested for so long, or all the while that it moves slowly.
    private static readonly TimeSpan s_lossDelay = TimeSpan.FromMilliseconds(120);

    // An edit is finished when nothing came for this long; the URL follows then.
    private static readonly TimeSpan s_urlDelay = TimeSpan.FromMilliseconds(400);

    private static readonly ScheduleShape[] s_starts = [.. ScheduleShape.All.Where(shape => !string.Equals(shape.Id, ScheduleShape.Phases, StringComparison.Ordinal))];

    private readonly Composition _state = new();
    private PageUrl _url = null!;
    private readonly CancellationTokenSource _ending = new();
    private LossReading _losses = null!;
    private LossForecast? _forecast;
    private bool _isForecastStale;
    private bool _isReadingLosses;
    private ITimer? _lossTimer;
    private SavedSchedule? _from;
    private IReadOnlyList<ScheduleRow> _rows = [];
    private IReadOnlyList<KnownSchedule> _known = [];
    private ScheduleStage? _stage;
    private ITimer? _urlTimer;
    private string _copyWord = CopyLink;
    private string _stepText = "0";
    private string? _totalProblem;
    private bool _hasLeft;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Inject]
    private ILossForecasts Forecasts { get; set; } = null!;

    [Inject]
    private ILawFits Fits { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string UndoLabel => _state.History.UndoName is { } name ? $"Undo {name}" : "Undo";

    private string RedoLabel => _state.History.RedoName is { } name ? $"Redo {name}" : "Redo";

    private string CurrentName => _state.Name.Length > 0 ? _state.Name : "This schedule";

    private string TotalText => _state.Schedule.TotalSteps.ToString(CultureInfo.InvariantCulture);

    // Always the empty choice: what was started from has been changed since.
    private static string StartText => "";

    private static string CoolingSource => "Typed, not measured here. One-mode fits to language models: 45 at 25M parameters, 34 at 100M, 23 at 400M.";

    private string StepWords
    {
        get
        {
            var schedule = _state.Shown;
            return !DraftNumbers.TryParse(_stepText, out var step) || step != Math.Truncate(step) || step < 0 || step >= schedule.TotalSteps
                ? $"A step from 0 to {Format.Count(schedule.TotalSteps - 1)}."
                : $"η = {PhaseDraft.TextOf(schedule.LearningRate((long)step))}, D = {Format.Number(schedule.CumulativeRate((long)step + 1))} after it.";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasLeft = true;
        _urlTimer?.Dispose();
        _lossTimer?.Dispose();
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        _losses = new(Forecasts, Fits);
        if (_url.ReadNew() is { } query)
        {
            _state.Take(query);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await ReadLibraryAsync();
        await _losses.ReadChoicesAsync(_ending.Token);
        await ReadCoolingAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            _state.Take(query);
            await ReadLibraryAsync();
            await ShowStageAsync();
        }

        AskForLosses();
    }

    private IReadOnlyList<(string Name, LossForecast Forecast)> OtherForecasts =>
        [.. _state.Pins.Select(pin => (pin.Name, Forecast: _losses.Of(_state.FitId, pin.Schedule))).Where(pair => pair.Forecast is not null).Select(pair => (pair.Name, pair.Forecast!))];

    private string? LossProblem => _losses.IsMissing(_state.FitId, _state.Schedule) ? "This fit is not stored here any more, or was never." : null;

    private static string Pressed(bool isOn) => isOn ? "true" : "false";

    private IEnumerable<(string Name, string Hint, string Value)> Facts()
    {
        var schedule = _state.Shown;
        yield return ("Steps", "Optimizer updates", Format.Count(schedule.TotalSteps));
        yield return ("Tokens", "Steps × tokens per step", Format.Compact((double)schedule.TotalSteps * _state.TokensPerStep));
        yield return ("D", "Intrinsic time: the sum of the rate over all steps", Format.Number(schedule.IntrinsicTime));
        yield return ("Peak η", "Highest rate of any step", Format.Rate(schedule.Peak));
        yield return ("η min", "Lowest rate of any step, warm-up included", Format.Rate(schedule.Minimum));
        yield return ("Final η", "Rate of the last step", Format.Rate(schedule.Final));
    }

    private string LossOf(ScheduleSpec schedule) => _losses.Of(_state.FitId, schedule) is { } forecast
        ? $"{Format.Loss(forecast.FinalLoss)} ({Format.Loss(forecast.FinalLow)}–{Format.Loss(forecast.FinalHigh)})"
        : Format.Number(null);

    private async Task OnMovedAsync((StageGesture Gesture, bool IsFinal, bool GoesOn) moved)
    {
        var (gesture, isFinal, goesOn) = moved;
        switch (gesture.Kind)
        {
            case StageGesture.Select:
                await SelectAsync(gesture.Index);
                return;
            case StageGesture.Cancel:
                _state.Cancel();
                await ShowStageAsync();
                return;
            case StageGesture.Undo:
                await UndoAsync();
                return;
            case StageGesture.Redo:
                await RedoAsync();
                return;
        }

        var outcome = gesture.Edit(_state.Schedule, _state.Mode);
        if (!isFinal)
        {
            if (outcome is not null)
            {
                _state.Show(outcome);
                AskForLosses();
            }

            return;
        }

        // Even what comes to nothing is answered: the stage waits for the exact curve.
        if (outcome is null)
        {
            _state.Cancel();
            await ShowStageAsync();
            return;
        }

        await DoAsync(outcome, goesOn);
    }

    private Task OnEditedAsync((EditOutcome Outcome, bool GoesOn) edit) => DoAsync(edit.Outcome, edit.GoesOn);

    private async Task DoAsync(EditOutcome outcome, bool goesOn = false)
    {
        _state.Do(outcome, goesOn);
        await ChangedAsync();
    }

    private async Task ChangedAsync()
    {
        _copyWord = CopyLink;
        _totalProblem = null;
        _urlTimer ??= Clock.CreateTimer(_ => _ = InvokeAsync(KeepInUrlAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _urlTimer.Change(s_urlDelay, Timeout.InfiniteTimeSpan);
        AskForLosses();
        await ShowStageAsync();
    }

    private void AskForLosses()
    {
        if (_state.FitId is null || !RendererInfo.IsInteractive)
        {
            _forecast = null;
            return;
        }

        if (_losses.Of(_state.FitId, _state.Shown) is { } known)
        {
            (_forecast, _isForecastStale) = (known, false);
        }
        else
        {
            _isForecastStale = true;
        }

        _lossTimer ??= Clock.CreateTimer(_ => _ = InvokeAsync(ReadLossesAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _lossTimer.Change(s_lossDelay, Timeout.InfiniteTimeSpan);
    }

    private async Task ReadLossesAsync()
    {
        if (_isReadingLosses || _hasLeft)
        {
            return;
        }

        _isReadingLosses = true;
        try
        {
            // What changed meanwhile is asked for in the same round.
            while (await _losses.ReadAsync(_state.FitId, [_state.Shown, .. _state.Pins.Select(pin => pin.Schedule)], _ending.Token))
            {
                (_forecast, _isForecastStale) = (_losses.Of(_state.FitId, _state.Shown) ?? _forecast, _losses.Of(_state.FitId, _state.Shown) is null);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_hasLeft)
        {
            // The reader has gone.
        }
        finally
        {
            _isReadingLosses = false;
        }
    }

    private async Task ChooseFitAsync(string? id)
    {
        _state.FitId = id;
        _forecast = null;
        await ReadCoolingAsync();
        await ChangedAsync();
    }

    private async Task ReadCoolingAsync() =>
        _state.FittedCooling = _state.FitId is { } id ? await _losses.CoolingRateAsync(id, _ending.Token) : null;

    private async Task ImportAsync((ScheduleSpec Schedule, string From) imported)
    {
        _state.Load(imported.Schedule, $"import from {imported.From}");
        await ChangedAsync();
    }

    private Task ShowStageAsync() => _stage?.ShowAsync() ?? Task.CompletedTask;

    private async Task KeepInUrlAsync()
    {
        if (!_hasLeft)
        {
            _url.Write("/compose", _state.ToQuery());
            await LookInLibraryAsync();
        }
    }

    private async Task ReadLibraryAsync()
    {
        _from = ScheduleReference.TryParse(_state.From, out var reference) ? await Library.FindAsync(reference.Id, reference.Version, _ending.Token) : null;
        if (_state.IsFromLibrary)
        {
            if (_from is null)
            {
                _state.Say($"There is no schedule '{_state.From}' in the library.", isRefused: true);
                _state.From = null;
            }
            else
            {
                _state.Begin(_from.Schedule, _from.Label.Name);
            }
        }

        _rows = (await Library.ListAsync(new() { Take = RowsOffered }, _ending.Token)).Rows;
        await LookInLibraryAsync();
    }

    private async Task LookInLibraryAsync()
    {
        var schedule = _state.Schedule;
        var known = await Library.FindByHashAsync(schedule.Hash.Value, _ending.Token);
        if (schedule.Equals(_state.Schedule)) // else it was edited meanwhile
        {
            _known = known;
            StateHasChanged();
        }
    }

    private async Task OnSavedAsync(SavedSchedule saved)
    {
        _from = saved;
        _state.From = saved.Reference.ToString();
        _state.Name = saved.Label.Name;
        await LookInLibraryAsync();
        await ChangedAsync();
    }

    private async Task PinFromLibraryAsync(string id)
    {
        if (_state.Pins.Count < PinnedSchedule.Most && await Library.FindAsync(id, null, _ending.Token) is { } saved)
        {
            _state.Pins.Add(new($"{saved.Label.Name} v{saved.Version.Number}", saved.Schedule));
            await ChangedAsync();
        }
    }

    private Task SelectAsync(int index)
    {
        _state.Select(index);
        return ChangedAsync();
    }

    private Task UndoAsync()
    {
        _state.Undo();
        return ChangedAsync();
    }

    private Task RedoAsync()
    {
        _state.Redo();
        return ChangedAsync();
    }

    // A tenth of the schedule: seen at once, and soon put right.
    private Task AddAsync() =>
        DoAsync(PhaseEdits.AddHold(_state.Schedule, _state.History.Selected, Math.Max(1, Math.Min(_state.Schedule.TotalSteps / 10, ScheduleSpec.MaximumSteps - _state.Schedule.TotalSteps))));

    private Task SplitAsync()
    {
        var span = _state.Schedule.Phases[_state.History.Selected];
        return span.Phase.Steps > 1
            ? DoAsync(CutEdits.Split(_state.Schedule, span.FirstStep + span.Phase.Steps / 2))
            : DoAsync(new($"split {PhaseNames.Of(span.Phase)}", null, span.Index, [new("", "A phase of one step cannot be split.")]));
    }

    private Task DuplicateAsync() => DoAsync(PhaseEdits.Duplicate(_state.Schedule, _state.History.Selected));

    private Task MergeAsync() => DoAsync(CutEdits.Merge(_state.Schedule, _state.History.Selected));

    private async Task RemoveAsync()
    {
        await DoAsync(PhaseEdits.Remove(_state.Schedule, _state.History.Selected));
        await (_stage?.FocusPhaseAsync() ?? Task.CompletedTask);
    }

    private Task ToggleDrawingAsync()
    {
        _state.IsDrawing = !_state.IsDrawing;
        _state.Say(null);
        return ChangedAsync();
    }

    private Task ToggleSnapAsync()
    {
        _state.Snaps = !_state.Snaps;
        return ChangedAsync();
    }

    private Task SetModeAsync(StretchMode mode)
    {
        _state.Mode = mode;
        return ChangedAsync();
    }

    private Task SetNameAsync(string? name)
    {
        _state.Name = name ?? "";
        return ChangedAsync();
    }

    private Task SetTokensAsync(string? text)
    {
        _state.TokensText = text ?? "";
        return ChangedAsync();
    }

    private Task SetCoolingRateAsync(string text)
    {
        _state.CoolingRateText = text;
        return ChangedAsync();
    }

    private async Task ScaleAsync(string? text)
    {
        var outcome = DraftNumbers.TryParse(text ?? "", out var steps) && steps == Math.Truncate(steps) && Math.Abs(steps) < 1e15
            ? BoundaryEdits.ScaleTo(_state.Schedule, (long)steps)
            : new("scale schedule", null, 0, [new("steps", "Give a whole number of steps.")]);
        await DoAsync(outcome with { Selected = _state.History.Selected });
        _totalProblem = outcome.IsDone ? null : outcome.Problems[0].Message;
    }

    private async Task StartFromAsync(string? id)
    {
        if (s_starts.FirstOrDefault(shape => string.Equals(shape.Id, id, StringComparison.Ordinal)) is not { } shape)
        {
            return;
        }

        var draft = new RunDraft { [DraftField.Shape] = shape.Id };
        var problems = new List<FieldProblem>();
        if (ScheduleReader.Read(draft, new(draft, problems), problems) is { } schedule)
        {
            _state.Load(schedule, $"start from {shape.Title}");
            await ChangedAsync();
        }
    }

    private Task PinAsync()
    {
        if (_state.Pins.Count < PinnedSchedule.Most)
        {
            var name = _state.Name.Length > 0 ? _state.Name : "Schedule";
            _state.Pins.Add(new($"{name} {_state.Pins.Count + 1}", _state.Schedule));
        }

        return ChangedAsync();
    }

    private Task UnpinAsync(int index)
    {
        _state.Pins.RemoveAt(index);
        return ChangedAsync();
    }

    private Task TakePinAsync(int index)
    {
        _state.Load(_state.Pins[index].Schedule, $"take {_state.Pins[index].Name}");
        return ChangedAsync();
    }

    private Task RenamePinAsync((int Index, string Name) renamed)
    {
        _state.Pins[renamed.Index] = _state.Pins[renamed.Index] with { Name = renamed.Name };
        return ChangedAsync();
    }

    private void Queue()
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [DraftField.Shape] = ScheduleShape.Phases,
            [DraftField.Phases] = _state.Schedule.CanonicalJson,
            [DraftField.Name] = _state.Name.Length > 0 ? _state.Name : null,
        };
        _hasLeft = true;
        Navigation.NavigateTo(QueryHelpers.AddQueryString("/runs/new", query.Where(pair => pair.Value is not null)));
    }

    private void Submit()
    {
        _hasLeft = true;
        Navigation.NavigateTo(ScheduleWords.TrackLink(_state.Schedule, _state.Name));
    }

    private async Task CopyLinkAsync()
    {
        if (_state.IsTooLongForLink)
        {
            _state.Say("This schedule is too long for a link: export it as a file, or save it to the library.", isRefused: true);
            return;
        }

        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        var address = Navigation.ToAbsoluteUri(QueryHelpers.AddQueryString("/compose", _state.ToQuery())).AbsoluteUri;
        _copyWord = await page.InvokeAsync<bool>("copyText", address) ? "Link copied" : "Copy it from the address bar";
    }
}
