namespace Ntl.Domain.Comparison;

/// <summary>What the band about a group's mean shows.</summary>
public enum BandKind
{
    /// <summary>No band: the mean alone.</summary>
    None,

    /// <summary>Where the mean of infinitely many such runs lies, 95 times in 100: Student's interval, as the spread is known from few runs only.</summary>
    Confidence,

    /// <summary>One standard deviation of the runs to each side, with n − 1 in the denominator.</summary>
    Deviation,

    /// <summary>From the lowest run to the highest.</summary>
    Range,
}
