using Ntl.Domain.Comparison;

namespace Ntl.Web.Comparison;

/// <summary>A run's points on the comparison's axis, all of them.</summary>
/// <param name="Steps">One a point.</param>
/// <param name="Raw">As measured.</param>
/// <param name="Smoothed">Smoothed over all points; the measured curve itself where nothing is smoothed.</param>
internal sealed record PlacedRun(long[] Steps, ComparedCurve Raw, ComparedCurve Smoothed)
{
    public static PlacedRun Empty { get; } = new([], ComparedCurve.Empty, ComparedCurve.Empty);
}
