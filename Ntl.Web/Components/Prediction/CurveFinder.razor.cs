using Microsoft.AspNetCore.Components;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>Runs and imported curves to choose.</summary>
public sealed partial class CurveFinder
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>Runs that match.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<NamedCurve> Runs { get; set; } = [];

    /// <summary>Imported curves that are not chosen.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<NamedCurve> Imported { get; set; } = [];

    [Parameter]
    public EventCallback<string?> Searched { get; set; }

    [Parameter]
    public EventCallback<CurveRef> Added { get; set; }

    [Parameter]
    public EventCallback<CurveRef> FamilyAdded { get; set; }
}
