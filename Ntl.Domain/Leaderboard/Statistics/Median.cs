namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>The middle of values of which some may be +∞.</summary>
internal static class Median
{
    /// <summary>The middle value, or the mean of the two in the middle; +∞ where it falls on one.</summary>
    /// <param name="values">At least one, none NaN; sorted in place.</param>
    public static double Of(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] / 2) + (values[middle] / 2);
    }
}
