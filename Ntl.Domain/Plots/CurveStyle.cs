namespace Ntl.Domain.Plots;

/// <summary>How a curve is drawn.</summary>
public enum CurveStyle
{
    /// <summary>Joined.</summary>
    Line,

    /// <summary>Separate marks.</summary>
    Points,

    /// <summary>Bars from zero.</summary>
    Bars,
}
