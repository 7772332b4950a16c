using System.Collections.Immutable;

namespace Ntl.Domain.Plots;

/// <summary>One curve of a plot.</summary>
/// <param name="Label">For the legend.</param>
/// <param name="Role">What it is.</param>
/// <param name="X">As many as <paramref name="Y"/>; a point that is not finite interrupts a line, and one between two such is a dot.</param>
/// <param name="Y">As <paramref name="X"/>; on a logarithmic axis zero and below interrupt too.</param>
/// <param name="Style">How it is drawn.</param>
public sealed record PlotCurve(string Label, CurveRole Role, ImmutableArray<double> X, ImmutableArray<double> Y, CurveStyle Style = CurveStyle.Line)
{
    /// <summary>Positions at which a line begins anew, in rising order, each in [1, X.Length): nothing is known between such a point and
    /// the one before.</summary>
    public ImmutableArray<int> Breaks { get; init; } = [];

    /// <summary>Lower edge of a band about Y, two standard errors below; empty for no band.</summary>
    public ImmutableArray<double> Lower { get; init; } = [];

    /// <summary>Upper edge of the band.</summary>
    public ImmutableArray<double> Upper { get; init; } = [];
}
