namespace Ntl.Domain.Metrics;

/// <summary>The points that stand for a series in a chart.</summary>
/// <param name="Steps">Steps; rising within a part.</param>
/// <param name="Values">One a step.</param>
/// <param name="PartStarts">Index in <paramref name="Steps"/> of each part's first point.</param>
/// <param name="TotalCount">Points in the window: the M of "N of M points, extremes kept".</param>
/// <param name="NonFiniteCount">How many of those are NaN or ±∞.</param>
/// <param name="PointsPerBin">A power of two; 1 when every point is shown.</param>
public sealed record ReducedSeries(
    long[] Steps, double[] Values, int[] PartStarts, long TotalCount, long NonFiniteCount, long PointsPerBin)
{
    /// <summary>Points shown.</summary>
    public int ShownCount => Steps.Length;
}
