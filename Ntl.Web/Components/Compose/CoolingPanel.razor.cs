using Microsoft.AspNetCore.Components;
using Ntl.Domain.Annealing;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Compose;

/// <summary>Theory's reading of the schedule: each phase's fall against the pace that κ allows, and where the valley is out of equilibrium.</summary>
public sealed partial class CoolingPanel
{
    private const int MostRows = 12;

    [Parameter, EditorRequired]
    public ScheduleSpec Schedule { get; set; } = null!;

    /// <summary>Null while κ is no number.</summary>
    [Parameter]
    public ValleyReading? Reading { get; set; }

    /// <summary>κ of the chosen fit, and where it comes from; null where κ is typed.</summary>
    [Parameter]
    public (double Rate, string Source)? Fitted { get; set; }

    /// <summary>κ as typed.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    [Parameter]
    public string? Problem { get; set; }

    /// <summary>Where κ comes from.</summary>
    [Parameter]
    public string Source { get; set; } = "";

    private IEnumerable<(PhaseSpan Phase, PhaseCooling Cooling)> Rows => Reading is null ? [] : Schedule.Phases.Zip(Reading.Phases);
}
