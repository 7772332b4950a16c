namespace Ntl.Domain.Landscapes;

/// <summary>The functions that a river's bed can be.</summary>
public enum RiverShape
{
    /// <summary>c = 0.</summary>
    Level,

    /// <summary>c = −h·y.</summary>
    Falling,

    /// <summary>c = A/(1 + y).</summary>
    Reciprocal,

    /// <summary>c = ½·k·y².</summary>
    Bowl,
}
