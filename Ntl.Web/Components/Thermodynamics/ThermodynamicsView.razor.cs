using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Live;
using Ntl.Web.Queue;
using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>A run's thermodynamics: panel by panel what its probes say, followed live.</summary>
public sealed partial class ThermodynamicsView
{
    private IReadOnlyList<ThermoPanel> _panels = [];
    private RunThermodynamics? _shown;
    private bool _hasFailed;

    [Inject]
    private RunAnalyses Analyses { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunDetail Detail { get; set; } = null!;

    /// <summary>The run's state or figures changed.</summary>
    [Parameter]
    public EventCallback<RunUpdate> Updated { get; set; }

    private string Note
    {
        get
        {
            var share = _shown!.ProbeShare;
            var cost = double.IsNaN(share) ? "" : string.Create(CultureInfo.InvariantCulture, $" Probes took {Format.Number(100 * share, 2)} % of the time.");
            var last = _shown.Record.LastStep is { } step ? $"Measured up to step {Format.Count(Math.Min(step + 1, Detail.Run.TotalSteps))} of {Format.Count(Detail.Run.TotalSteps)}." : "";
            var end = _shown.DivergedAt is { } diverged
                ? $" The run diverged at step {Format.Count(diverged)}: nothing from there on is shown." : "";
            return $"{last}{end}{cost} Error bands are two standard errors.";
        }
    }

    private string WhenFirst
    {
        get
        {
            var probes = Detail.Spec.Probes!;
            var steps = new[] { probes.NoiseIntervalSteps, probes.ColdHorizonSteps is null ? null : Detail.Spec.ValidationIntervalSteps, probes.CurvatureIntervalSteps, probes.ConductionIntervalSteps }.Min();
            return Detail.Run.Status.IsFinal() ? "The run ended before any of its probes was due."
                : steps is { } interval
                    ? $"Its probes measure every {Format.Count(interval)} steps or more; the panels appear on their own."
                : "Its probes measure at the end of each phase; the panels appear on their own.";
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Follow(FollowRowAsync);
        if (Detail.Spec.Probes is not null)
        {
            Follow(FollowAnalysisAsync);
        }
    }

    private async Task FollowAnalysisAsync(CancellationToken cancellationToken)
    {
        await foreach (var analysis in Analyses.WatchAsync(Detail.Run.Id, cancellationToken))
        {
            _hasFailed = analysis.HasFailed;
            if (!_hasFailed)
            {
                (_panels, _shown) = (await analysis.PanelsAsync().WaitAsync(cancellationToken), analysis.Thermodynamics);
            }

            StateHasChanged();
        }
    }

    private async Task FollowRowAsync(CancellationToken cancellationToken)
    {
        var cursor = SeriesCursor.Start.Advance([], Detail.Events.Count == 0 ? null : Detail.Events[^1].Sequence);
        await foreach (var update in Feed.WatchAsync(Detail.Run.Id, [], SeriesAxis.Step, cursor, cancellationToken))
        {
            await Updated.InvokeAsync(update);
        }
    }
}
