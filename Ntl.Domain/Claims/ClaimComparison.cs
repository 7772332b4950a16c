namespace Ntl.Domain.Claims;

/// <summary>How a measurement is compared with what the theory expects.</summary>
public enum ClaimComparison
{
    /// <summary>|measured − expected| ≤ tolerance × |expected|.</summary>
    Relative,

    /// <summary>|measured − expected| ≤ tolerance; a range is its middle and half its width.</summary>
    Absolute,

    /// <summary>measured ≥ expected − tolerance.</summary>
    AtLeast,

    /// <summary>measured ≤ expected + tolerance.</summary>
    AtMost,
}
