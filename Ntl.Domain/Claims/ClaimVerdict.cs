namespace Ntl.Domain.Claims;

/// <summary>What a measurement says of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>Within the tolerance, and precise enough to have shown otherwise.</summary>
    Holds,

    /// <summary>Beyond the tolerance by more than chance.</summary>
    Violated,

    /// <summary>Too noisy, or outside what the claim is about.</summary>
    CannotTell,
}
