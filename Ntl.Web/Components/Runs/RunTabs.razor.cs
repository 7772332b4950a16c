using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;

namespace Ntl.Web.Components.Runs;

/// <summary>The views of a run, as links.</summary>
public sealed partial class RunTabs
{
    /// <summary>Last part of the address of the view with the run's thermodynamics.</summary>
    public const string Thermodynamics = "thermodynamics";

    [Parameter, EditorRequired]
    public RunId Run { get; set; }

    /// <summary>Which of the two is shown.</summary>
    [Parameter]
    public bool IsThermodynamics { get; set; }
}
