namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Whether |t| reaches a level at given degrees of freedom, without working out p each time.</summary>
/// <param name="level">α; in (0, 1).</param>
/// <param name="fewestDegrees">The fewest that it will be asked about; at least 1.</param>
internal sealed class CriticalValues(double level, double fewestDegrees)
{
    // Grid points for one degree of freedom: fine enough that few |t| fall between two neighbours.
    private const int PerDegree = 16;

    private readonly double _highest = StudentT.Critical(fewestDegrees, level);
    private readonly double _lowest = -StandardNormal.Quantile(level / 2);
    private double[] _values = [];

    /// <summary>Whether P(|T| ≥ t) is at most the level.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degrees">At least the fewest.</param>
    public bool IsReached(double t, double degrees) => t >= _highest || (t >= _lowest && IsReachedBetween(t, degrees));

    private bool IsReachedBetween(double t, double degrees)
    {
        // Critical values fall with the degrees of freedom: the grid point below is the harder one.
        var place = (int)(degrees * PerDegree);
        return t >= At(place) || (t >= At(place + 1) && StudentT.TwoSided(t, degrees) <= level);
    }

    // 0 where it was not worked out yet.
    private double At(int place) => place < _values.Length && _values[place] > 0 ? _values[place] : WorkOut(place);

    private double WorkOut(int place)
    {
        if (place >= _values.Length)
        {
            Array.Resize(ref _values, 2 * (place + 1));
        }

        return _values[place] = StudentT.Critical((double)place / PerDegree, level);
    }
}
