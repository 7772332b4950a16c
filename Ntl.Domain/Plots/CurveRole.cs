namespace Ntl.Domain.Plots;

/// <summary>What a curve is.</summary>
public enum CurveRole
{
    /// <summary>Measured, in a simulation or in training.</summary>
    Measured,

    /// <summary>A closed form.</summary>
    Theory,

    /// <summary>A limit that nothing crosses.</summary>
    Bound,
}
