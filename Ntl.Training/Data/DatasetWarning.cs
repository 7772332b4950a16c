namespace Ntl.Training.Data;

/// <summary>A reason to doubt that a readable file is the data that it is said to be.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Message">For the person who adds the file: what was found, how often, and what to do.</param>
public sealed record DatasetWarning(DatasetWarningKind Kind, string Message)
{
    /// <summary>Whether the file is added only after the person has said so; false where Ntl has dealt with it.</summary>
    public bool NeedsConsent => Kind != DatasetWarningKind.ByteOrderMark;
}
