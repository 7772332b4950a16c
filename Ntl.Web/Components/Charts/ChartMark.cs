namespace Ntl.Web.Components.Charts;

/// <summary>An event on a chart's x axis.</summary>
/// <param name="X">Place, in the axis' unit.</param>
/// <param name="Label">A word or two, drawn at the line's head; not drawn for checkpoints.</param>
/// <param name="Kind">How it is drawn.</param>
public sealed record ChartMark(double X, string Label, ChartMarkKind Kind);
