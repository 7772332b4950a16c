namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Whether |t| reaches a level at given degrees of freedom, without working out p each time.</summary>
/// <param name="level">α; in (0, 1).</param>
internal sealed class CriticalValues(double level)
{
    // Grid points for one degree of freedom: fine enough that few |t| fall between two neighbours.
    private const int PerDegree = 8;

    private readonly List<double> _values = [];

    /// <summary>Whether P(|T| ≥ t) is at most the level.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degrees">At least 1.</param>
    public bool IsReached(double t, double degrees)
    {
        // Critical values fall with the degrees of freedom: the grid point below is the harder one.
        var place = (int)(degrees * PerDegree);
        return t >= At(place) || (t >= At(place + 1) && StudentT.TwoSided(t, degrees) <= level);
    }

    private double At(int place)
    {
        while (_values.Count <= place)
        {
            _values.Add(double.NaN);
        }

        if (double.IsNaN(_values[place]))
        {
            _values[place] = StudentT.Critical((double)place / PerDegree, level);
        }

        return _values[place];
    }
}
