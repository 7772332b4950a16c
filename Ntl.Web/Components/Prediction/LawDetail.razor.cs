using Microsoft.AspNetCore.Components;
using Ntl.Domain.Laws;
using Ntl.Domain.Plots;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>One fitted law whole: what it says, when not to trust it, and its pictures.</summary>
public sealed partial class LawDetail
{
    private IReadOnlyList<Plot> _plots = [];
    private BakeOffRow? _drawn;

    [Parameter, EditorRequired]
    public BakeOff Result { get; set; } = null!;

    /// <summary>Of the result, with a fit.</summary>
    [Parameter, EditorRequired]
    public BakeOffRow Row { get; set; } = null!;

    private List<string> Cautions => [.. Row.Fit!.Cautions.Concat(Result.Cautions).Distinct(StringComparer.Ordinal)];

    private IEnumerable<(string Part, CurveScore Score)> Scores =>
        Row.Fit!.Train.Select(score => ("training", score)).Concat(Row.Fit.LeaveOneOut.Select(score => ("left out", score))).Concat(Row.Test.Select(score => ("test", score)));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_drawn, Row))
        {
            (_plots, _drawn) = (LawPlots.Of(Result, Row.Fit!), Row);
        }
    }
}
