using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>What a person should look at on a run, as it comes and goes.</summary>
public sealed partial class RunAlertList
{
    private IReadOnlyList<RunAlert> _alerts = [];

    [Inject]
    private RunAnalyses Analyses { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunId Run { get; set; }

    /// <summary>How long to leave server and disk to what the page shows first.</summary>
    [Parameter]
    public TimeSpan Patience { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _alerts = Analyses.LastAlertsOf(Run);
        Follow(FollowAsync);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (Patience > TimeSpan.Zero)
        {
            await Task.Delay(Patience, Clock, cancellationToken);
        }

        await foreach (var analysis in Analyses.WatchAsync(Run, cancellationToken))
        {
            // A failure to judge says nothing of what was judged before.
            if (!analysis.HasFailed && !_alerts.SequenceEqual(analysis.Alerts))
            {
                _alerts = analysis.Alerts;
                StateHasChanged();
            }
        }
    }
}
