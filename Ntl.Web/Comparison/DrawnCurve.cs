namespace Ntl.Web.Comparison;

/// <summary>The points of one line, as many as a chart draws. The lists are of one length.</summary>
/// <param name="Line">The line.</param>
/// <param name="Steps">Steps of a run; of a group, or over a metric, numbers in the order of x.</param>
/// <param name="X">Places, strictly rising.</param>
/// <param name="Y">Values, or means; NaN interrupts the line.</param>
/// <param name="Smoothed">Smoothed values; null for none.</param>
/// <param name="Low">Lower edge of the band; null for none.</param>
/// <param name="High">Upper edge of the band; null for none.</param>
/// <param name="TotalPoints">Points of the full data that these stand for, over all runs of the line.</param>
/// <param name="FewestRuns">The fewest runs at any place.</param>
/// <param name="MostRuns">The most runs at any place.</param>
public sealed record DrawnCurve(
    ComparisonLine Line,
    long[] Steps,
    double[] X,
    double[] Y,
    double[]? Smoothed,
    double[]? Low,
    double[]? High,
    long TotalPoints,
    int FewestRuns,
    int MostRuns)
{
    /// <summary>The line's label, for a group with its n: never more than the runs that have points here.</summary>
    public string Label => !Line.Id.StartsWith("g-", StringComparison.Ordinal) ? Line.Label
        : MostRuns == 0 ? $"{Line.Label} (no points)"
        : FewestRuns == MostRuns ? $"{Line.Label} (n = {MostRuns})"
        : $"{Line.Label} (n = {FewestRuns}–{MostRuns})";
}
