using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>A run's gravest alert when it was last judged, in a word; nothing for a run without warnings.</summary>
public sealed partial class RunAlertBadge
{
    [Inject]
    private RunAnalyses Analyses { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunId Run { get; set; }

    private List<RunAlert> Grave => [.. Analyses.LastAlertsOf(Run).Where(alert => alert.Severity != RunAlertSeverity.Notice).OrderByDescending(alert => alert.Severity)];
}
