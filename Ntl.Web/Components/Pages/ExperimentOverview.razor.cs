using Microsoft.AspNetCore.Components;
using Ntl.Domain.Experiments;
using Ntl.Web.Experiments;
using Ntl.Web.Laws;
using Ntl.Web.Live;
using Radzen;

namespace Ntl.Web.Components.Pages;

/// <summary>One experiment: its runs as a tree, live, and what they show so far.</summary>
public sealed partial class ExperimentOverview
{
    private ExperimentDetail? _detail;
    private ExperimentReport? _report;
    private Stage _stage;
    private CancellationTokenSource _reading = new();
    private Task _read = Task.CompletedTask;
    private string? _loaded;
    private string? _refit;
    private bool _isMissing;
    private bool _isCancelling;

    private enum Stage
    {
        Idle,
        Reading,
        Failed,
    }

    [Inject]
    private IExperiments Experiments { get; set; } = null!;

    [Inject]
    private ILawFits Fits { get; set; } = null!;

    [Inject]
    private ExperimentReports Reports { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    [Inject]
    private ILogger<ExperimentOverview> Logger { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _reading.CancelAsync();
        await _read;
        await base.DisposeAsync();
        _reading.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Follow(FollowRunsAsync);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (string.Equals(Id, _loaded, StringComparison.Ordinal))
        {
            return;
        }

        _loaded = Id;
        _detail = await Experiments.FindAsync(Id, Ended);
        _isMissing = _detail is null;
        _report = null;
        _refit = _detail is null ? null : await RefitAsync(_detail);

        // The first response does not wait for every point of ten runs.
        if (_detail is not null && RendererInfo.IsInteractive)
        {
            Report();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The report of experiment {Id} could not be made")]
    private static partial void LogFailure(ILogger logger, Exception exception, string id);

    // A suggestion's runs are curves too: with those that its fit was made of, they hold the law better.
    private async Task<string?> RefitAsync(ExperimentDetail detail)
    {
        if (detail.Memberships.Values.Select(part => part.Forecast?.Fit).OfType<string>().FirstOrDefault() is not { } fit)
        {
            return null;
        }

        var before = (await Fits.FindAsync(fit, Ended))?.Sources.Select(source => source.Curve) ?? [];
        var curves = before.Concat(detail.Experiment.Members.Select(run => new CurveRef(CurveOrigin.Run, run.Id))).Distinct();
        return $"/laws/prediction?train={Uri.EscapeDataString(string.Join(',', curves))}";
    }

    private async Task FollowRunsAsync(CancellationToken cancellationToken)
    {
        await foreach (var changed in Feed.WatchRunsAsync(cancellationToken))
        {
            if (_detail is not { } detail || !changed.Any(detail.Shows))
            {
                continue;
            }

            var ended = detail.Experiment.FinishedCount + detail.Experiment.EndedEarlyCount;
            _detail = detail.With(changed);
            if (_detail.Experiment.FinishedCount + _detail.Experiment.EndedEarlyCount > ended)
            {
                Report();
            }

            StateHasChanged();
        }
    }

    private void Report()
    {
        var old = _reading;
        _reading = new();
        old.Cancel();
        _read = ReadAsync(_read, _detail!.Experiment, _reading.Token);
        old.Dispose();
    }

    private async Task ReadAsync(Task before, ExperimentRow experiment, CancellationToken cancellationToken)
    {
        try
        {
            await before; // it has been cancelled
            _stage = Stage.Reading;
            StateHasChanged();
            var report = await Reports.ReadAsync(experiment, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            (_report, _stage) = (report, Stage.Idle);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // whoever cancelled has said what comes instead
        }
        catch (Exception exception)
        {
            LogFailure(Logger, exception, experiment.Id);
            _stage = Stage.Failed;
        }

        StateHasChanged();
    }

    private async Task CancelAsync()
    {
        if (await Dialogs.Confirm(
            "Runs that are training stop after their current step. Queued runs do not start. What was measured is kept.",
            "Cancel every run of the experiment?",
            // The safe choice is the primary button; closing the dialog is no choice.
            new ConfirmOptions { OkButtonText = "Keep running", CancelButtonText = "Cancel all" }) is not false)
        {
            return;
        }

        _isCancelling = true;
        try
        {
            var outcome = await Experiments.CancelAsync(Id, Ended);
            Notifications.Notify(outcome.IsAccepted ? NotificationSeverity.Success : NotificationSeverity.Warning, outcome.Message);
            _detail = await Experiments.FindAsync(Id, Ended);
        }
        finally
        {
            _isCancelling = false;
        }
    }
}
