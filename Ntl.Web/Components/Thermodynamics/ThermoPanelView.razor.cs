using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>One panel: what it says now, its plots, when not to trust it, its formula and source.</summary>
public sealed partial class ThermoPanelView
{
    private ThermoPanel? _shown;
    private ImmutableArray<Plot> _plots = [];

    [Parameter, EditorRequired]
    public ThermoPanel Panel { get; set; } = null!;

    /// <summary>Begins the names of saved files.</summary>
    [Parameter, EditorRequired]
    public string FilePrefix { get; set; } = "";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown, Panel))
        {
            _plots = Panel.Plots;
        }
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_shown, Panel);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _shown = Panel;
}
