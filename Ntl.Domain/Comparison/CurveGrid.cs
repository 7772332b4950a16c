namespace Ntl.Domain.Comparison;

/// <summary>The places at which several curves are put together.</summary>
public sealed class CurveGrid
{
    /// <summary>The most places of a grid that is not exact; of more, every second, third and so on is taken.</summary>
    public const int MostInterpolated = 10_000;

    private CurveGrid(double[] x, bool isExact, int stride) => (X, IsExact, Stride) = (x, isExact, stride);

    /// <summary>The places, strictly rising.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Whether every curve was measured at each of the places between its ends, so that nothing is interpolated.</summary>
    public bool IsExact { get; }

    /// <summary>Of how many places one is taken: 1 for all of them.</summary>
    public int Stride { get; }

    /// <summary>All places of all curves, once each.</summary>
    /// <param name="curves">May be of different lengths and may be empty.</param>
    public static CurveGrid Of(IReadOnlyList<ComparedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var longest = curves.Count == 0 ? ComparedCurve.Empty : curves.MaxBy(curve => curve.Count)!;
        if (curves.All(curve => IsPartOf(curve, longest)))
        {
            return new(longest.X.ToArray(), isExact: true, 1);
        }

        var all = new double[curves.Sum(curve => curve.Count)];
        var filled = 0;
        foreach (var curve in curves)
        {
            curve.X.CopyTo(all.AsSpan(filled));
            filled += curve.Count;
        }

        Array.Sort(all);
        var places = WithoutRepeats(all);
        var isExact = curves.All(curve => curve.Count == 0 || CountWithin(places, curve.X[0], curve.X[^1]) == curve.Count);
        var stride = isExact ? 1 : Math.Max(1, (places.Length + MostInterpolated - 1) / MostInterpolated);
        return new(stride == 1 ? places : [.. places.Where((_, i) => i % stride == 0 || i == places.Length - 1)], isExact, stride);
    }

    // The usual case: runs that differ in length or in nothing.
    private static bool IsPartOf(ComparedCurve curve, ComparedCurve longest)
    {
        if (curve.Count == 0)
        {
            return true;
        }

        var start = longest.X.BinarySearch(curve.X[0]);
        return start >= 0 && start + curve.Count <= longest.Count && longest.X.Slice(start, curve.Count).SequenceEqual(curve.X);
    }

    private static double[] WithoutRepeats(double[] sorted)
    {
        List<double> places = [];
        foreach (var place in sorted)
        {
            if (places.Count == 0 || places[^1] != place)
            {
                places.Add(place);
            }
        }

        return [.. places];
    }

    private static int CountWithin(double[] places, double first, double last) =>
        Array.BinarySearch(places, last) - Array.BinarySearch(places, first) + 1;
}
