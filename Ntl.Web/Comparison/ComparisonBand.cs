namespace Ntl.Web.Comparison;

/// <summary>How the runs of a group are drawn.</summary>
public enum ComparisonBand
{
    /// <summary>Each run is a line of its own, in its group's colour.</summary>
    Runs,

    /// <summary>The group's mean.</summary>
    Mean,

    /// <summary>The mean and its 95 % interval.</summary>
    Confidence,

    /// <summary>The mean and one standard deviation to each side.</summary>
    Deviation,

    /// <summary>The mean between the lowest and the highest run.</summary>
    Range,
}
