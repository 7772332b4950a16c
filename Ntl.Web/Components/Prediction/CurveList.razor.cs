using Microsoft.AspNetCore.Components;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>The chosen curves, each for training or for judging.</summary>
public sealed partial class CurveList
{
    [Parameter, EditorRequired]
    public PredictionView View { get; set; } = PredictionView.Empty;

    /// <summary>What is known of the curves' names.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<CurveRef, NamedCurve> Names { get; set; } = new Dictionary<CurveRef, NamedCurve>();

    [Parameter]
    public EventCallback<PredictionView> Changed { get; set; }

    private IEnumerable<(CurveRef Curve, bool IsTest)> All => View.Train.Select(curve => (curve, false)).Concat(View.Test.Select(curve => (curve, true)));

    private string NameOf(CurveRef curve) => Names.TryGetValue(curve, out var named) ? named.Name : curve.ToString();
}
