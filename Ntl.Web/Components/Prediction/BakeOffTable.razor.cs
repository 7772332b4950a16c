using Microsoft.AspNetCore.Components;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>All laws on the same curves, simplest first.</summary>
public sealed partial class BakeOffTable
{
    [Parameter, EditorRequired]
    public BakeOff Result { get; set; } = null!;

    /// <summary>The law shown whole.</summary>
    [Parameter]
    public BakeOffRow? Shown { get; set; }

    /// <summary>A law's key.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    // Of unseen curves where there are some: the sign says which way a law errs.
    private static double? FinalError(BakeOffRow row) =>
        (row.Test.IsEmpty ? row.Fit!.LeaveOneOut : row.Test) is { IsEmpty: false } scores ? scores.Average(score => score.FinalError) : null;
}
