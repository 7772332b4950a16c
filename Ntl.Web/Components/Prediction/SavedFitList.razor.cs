using Microsoft.AspNetCore.Components;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>The saved fits and what can be done with each.</summary>
public sealed partial class SavedFitList
{
    /// <summary>Null while they are read.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<SavedFit>? Fits { get; set; }

    private static string CurvesOf(SavedFit fit) => fit.Sources.Count == 1 ? "1 curve" : FormattableString.Invariant($"{fit.Sources.Count} curves");
}
