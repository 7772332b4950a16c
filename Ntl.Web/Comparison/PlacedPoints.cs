using System.Runtime.CompilerServices;
using Ntl.Web.Live;

namespace Ntl.Web.Comparison;

/// <summary>The last placing of a run's points, kept for as long as the points: another grouping needs the same one.</summary>
internal static class PlacedPoints
{
    private static readonly ConditionalWeakTable<RunPoints, Kept> s_kept = [];

    /// <summary>The points placed in the same way before; null when they were not.</summary>
    /// <param name="points">The points.</param>
    /// <param name="axis">What x counts.</param>
    /// <param name="smoothing">Strength of the smoothing; 0 for none.</param>
    /// <param name="clock">Elapsed times that the axis goes by; null where it needs none.</param>
    public static PlacedRun? Find(RunPoints points, SeriesAxis axis, double smoothing, RunPoints? clock) =>
        s_kept.TryGetValue(points, out var kept) && kept.Axis == axis && kept.Smoothing == smoothing && ReferenceEquals(kept.Clock, clock) ? kept.Placed : null;

    public static void Keep(RunPoints points, SeriesAxis axis, double smoothing, RunPoints? clock, PlacedRun placed) =>
        s_kept.AddOrUpdate(points, new(axis, smoothing, clock, placed));

    private sealed record Kept(SeriesAxis Axis, double Smoothing, RunPoints? Clock, PlacedRun Placed);
}
