namespace Ntl.Domain.Claims;

/// <summary>What a measurement says about a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>Within the tolerance, and precise enough to have shown otherwise.</summary>
    Holds,

    /// <summary>Beyond the tolerance by more than chance.</summary>
    Fails,

    /// <summary>Measured, but too noisy to decide.</summary>
    Inconclusive,

    /// <summary>The claim says nothing about what was measured: one of its premises is about something else.</summary>
    NotApplicable,

    /// <summary>The claim applies, but one of the premises of its measurement does not hold, so there is no number.</summary>
    NotMeasurable,

    /// <summary>Closes by construction: a check of the bookkeeping, never counted as a law that holds.</summary>
    Identity,
}
