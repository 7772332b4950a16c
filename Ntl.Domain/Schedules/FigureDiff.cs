namespace Ntl.Domain.Schedules;

/// <summary>A figure of the whole schedule in two schedules.</summary>
/// <param name="Name">"Steps", "D", "Peak η", "η min" or "Final η".</param>
/// <param name="From">The first schedule's.</param>
/// <param name="To">The second schedule's.</param>
public sealed record FigureDiff(string Name, double From, double To)
{
    /// <summary>Whether the two differ by more than the rounding of sums.</summary>
    public bool IsChanged => !RateComparison.AreSame(From, To);
}
