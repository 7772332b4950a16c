namespace Ntl.Web.Components.Charts;

/// <summary>Points of one line of a chart; the lists are of one length, steps and places ascend.</summary>
/// <param name="Line">Index of the line within the chart.</param>
/// <param name="Steps">Zero-based optimizer steps.</param>
/// <param name="X">Places on the chart's axis; null when the axis counts steps.</param>
/// <param name="Y">Values; NaN interrupts the line.</param>
/// <param name="Smoothed">Smoothed values, drawn over the faint originals; null for none.</param>
/// <param name="TotalPoints">How many points of the full data these stand for.</param>
/// <param name="RewindToStep">Points already drawn from this step on no longer count; null when all stay.</param>
public sealed record ChartPoints(
    int Line,
    IReadOnlyList<long> Steps,
    IReadOnlyList<double>? X,
    IReadOnlyList<double> Y,
    IReadOnlyList<double>? Smoothed,
    long TotalPoints,
    long? RewindToStep = null);
