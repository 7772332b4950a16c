namespace Ntl.Web.Comparison;

/// <summary>One chart with its points.</summary>
/// <param name="Panel">Which.</param>
/// <param name="Curves">In the order of the lines.</param>
/// <param name="Note">What the lines are, where that is not plain: band, interpolation, baseline; empty for plain runs.</param>
public sealed record DrawnPanel(ComparisonPanel Panel, IReadOnlyList<DrawnCurve> Curves, string Note);
