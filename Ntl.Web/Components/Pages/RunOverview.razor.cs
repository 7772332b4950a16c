using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Components.Charts;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Runs;
using Ntl.Web.Live;
using Ntl.Web.Queue;
using Radzen;

namespace Ntl.Web.Components.Pages;

/// <summary>One run: its curves live, its state, its log, its spec, and what can be done to it.</summary>
public sealed partial class RunOverview
{
    // Figures come with the live feed; what only the whole detail tells, such as the lease's age, is asked for at this pace.
    private static readonly TimeSpan s_refresh = TimeSpan.FromSeconds(5);

    // On the overview the curves come first: they and the alerts are read from the same disk, by the same processor.
    private static readonly TimeSpan s_chartsFirst = TimeSpan.FromSeconds(1.5);

    private RunDetail? _detail;
    private RunView _view = new();
    private bool _isMissing;
    private string? _loaded;
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IRunCommands Commands { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>None for the curves, or <c>thermodynamics</c>.</summary>
    [Parameter]
    public string? Tab { get; set; }

    private bool IsThermodynamics => string.Equals(Tab, RunTabs.Thermodynamics, StringComparison.OrdinalIgnoreCase);

    private TimeSpan? StaleFor =>
        _detail is { Run.Status: RunStatus.Running, Attempts: [.., { LeaseAge: { } age }] } && age > Lease.SilenceTimeout ? age : null;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        Follow(RefreshAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query && !IsThermodynamics)
        {
            _view = RunView.FromQuery(query);
        }

        if (!string.Equals(Id, _loaded, StringComparison.Ordinal))
        {
            _loaded = Id;
            await LoadAsync();
        }
    }

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";

    private async Task LoadAsync()
    {
        _detail = RunId.TryParse(Id, out var id) ? await Queries.FindAsync(id, Ended) : null;
        _isMissing = _detail is null;
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_refresh, Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_detail is { } detail && !detail.Run.Status.IsFinal())
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
    }

    private async Task TakeAsync(RunUpdate update)
    {
        var isSameStatus = update.Run.Status == _detail!.Run.Status && update.Run.PendingAction == _detail.Run.PendingAction;
        if (isSameStatus && update.Events.Count == 0)
        {
            _detail = _detail with { Run = update.Run };
        }
        else
        {
            await LoadAsync();
        }
    }

    private void Show(RunView view)
    {
        _view = view;
        _url.Write($"/runs/{Id}", view.ToQuery());
    }

    private void Smooth(string? text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var strength))
        {
            Show(_view with { Smoothing = strength });
        }
    }

    private Task ZoomAsync(ChartWindow? window)
    {
        Show(_view with { Window = window });
        return Task.CompletedTask;
    }

    private async Task ActAsync(RunAction action)
    {
        var id = _detail!.Run.Id;
        if (action == RunAction.Cancel && !await ConfirmCancelAsync())
        {
            return;
        }

        var outcome = action switch
        {
            RunAction.Pause => await Commands.PauseAsync(id, Ended),
            RunAction.Resume => await Commands.ResumeAsync(id, Ended),
            RunAction.Cancel => await Commands.CancelAsync(id, Ended),
            RunAction.Requeue => await Commands.RequeueAsync(id, Ended),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "This page offers no such action."),
        };
        Notifications.Notify(outcome.IsAccepted ? NotificationSeverity.Success : NotificationSeverity.Warning, outcome.Message);
        await LoadAsync();
    }

    private async Task<bool> ConfirmCancelAsync() =>
        // The safe choice is the primary button; closing the dialog is no choice.
        await Dialogs.Confirm(
            "The run stops after its current step. Its points and checkpoints are kept, and you can queue it again.",
            $"Cancel {_detail!.Run.Name}?",
            new ConfirmOptions { OkButtonText = "Keep running", CancelButtonText = "Cancel the run" }) is false;
}
