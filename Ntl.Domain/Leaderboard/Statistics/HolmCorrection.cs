namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Holm's correction: of many tests at once, any false alarm among them stays as rare as one test's level says.</summary>
/// <remarks>S. Holm 1979, Scand. J. Statist. 6:65–70. It holds however the tests depend on each other.</remarks>
public static class HolmCorrection
{
    /// <summary>p-values to be held against the level as if each test stood alone.</summary>
    /// <param name="p">Each in [0, 1]; NaN counts as 1. May be empty.</param>
    /// <returns>One for each, at its place: the running maximum over ascending p of (m − rank) · p, at most 1.</returns>
    public static double[] Adjust(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        double[] ascending = [.. p.Select(value => double.IsNaN(value) ? 1 : value)];
        int[] places = [.. Enumerable.Range(0, p.Count)];
        Array.Sort(ascending, places);
        var adjusted = new double[p.Count];
        var highest = 0.0;
        for (var rank = 0; rank < places.Length; rank++)
        {
            highest = Math.Min(1, Math.Max(highest, (p.Count - rank) * ascending[rank]));
            adjusted[places[rank]] = highest;
        }

        return adjusted;
    }
}
