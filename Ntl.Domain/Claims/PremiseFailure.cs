namespace Ntl.Domain.Claims;

/// <summary>What a failed premise means for the claim or quantity that rests on it.</summary>
public enum PremiseFailure
{
    /// <summary>There is no number: something was not recorded, or is too small or too distorted to be measured.</summary>
    NotMeasurable,

    /// <summary>The claim is about something else: there may be a number, but it would not test the claim.</summary>
    NotApplicable,
}
