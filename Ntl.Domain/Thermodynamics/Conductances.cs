namespace Ntl.Domain.Thermodynamics;

/// <summary>How well heat passes between sets of parameters, <c>κ_gh = ‖P_g^½ H_gh P_h^½‖²_F/(ã_g + ã_h)</c> with <c>ã_g = Tr(P_g H_gg)/n_g</c>: symmetric, one value a pair; 1/rate.</summary>
/// <remarks>
/// κ_gh(T_g − T_h) is the heat that passes from g to h per unit of intrinsic time, T the mean temperature of a direction. Derived here: for two directions it is
/// <see cref="CoupledModes.Conductance"/>, exact; sums over the directions of two sets are right where each set has one curvature and one temperature, a guide elsewhere.
/// </remarks>
public sealed class Conductances
{
    private readonly Estimate[,] _values;

    /// <summary>The conductance of each pair.</summary>
    /// <param name="groups">Names, in order.</param>
    /// <param name="between">κ of two of them by their places, the first below the second; NaN where ã_g + ã_h is not above 0, which is no valley.</param>
    public Conductances(IReadOnlyList<string> groups, Func<int, int, Estimate> between)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(between);
        Groups = groups;
        _values = new Estimate[groups.Count, groups.Count];
        foreach (var (first, second) in Places)
        {
            _values[first, second] = _values[second, first] = between(first, second);
        }
    }

    /// <summary>Names, in order.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Each pair once.</summary>
    public IEnumerable<(string First, string Second, Estimate Conductance)> Pairs =>
        Places.Select(pair => (Groups[pair.First], Groups[pair.Second], _values[pair.First, pair.Second]));

    private IEnumerable<(int First, int Second)> Places =>
        from first in Enumerable.Range(0, Groups.Count)
        from second in Enumerable.Range(first + 1, Groups.Count - first - 1)
        select (first, second);

    /// <summary>κ between two sets; 0 from a set to itself, which has one temperature.</summary>
    /// <param name="first">Place of one.</param>
    /// <param name="second">Place of the other.</param>
    public Estimate Between(int first, int second) => _values[first, second];
}
