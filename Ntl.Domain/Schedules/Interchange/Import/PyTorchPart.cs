namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>One PyTorch scheduler while it is read.</summary>
/// <param name="Fields">Its parameters.</param>
/// <param name="List">Where its phases are laid.</param>
/// <param name="Rate">The optimizer's own rate.</param>
/// <param name="Notes">What the reader is told.</param>
internal sealed record PyTorchPart(ImportFields Fields, PhaseList List, double Rate, List<string> Notes)
{
    /// <summary>Whether it follows another in a SequentialLR: PyTorch starts such a one by its closed form, where an empty length divides by zero.</summary>
    public bool IsLater { get; init; }
}
