namespace Ntl.Web.Comparison;

/// <summary>One metric of one run over all its attempts.</summary>
/// <param name="Steps">Strictly rising.</param>
/// <param name="Values">One a step.</param>
/// <param name="Attempts">Who measured: one a step.</param>
/// <param name="Seams">Positions at which a later attempt goes on. No average reaches over one.</param>
public sealed record RunPoints(long[] Steps, double[] Values, int[] Attempts, IReadOnlyList<int> Seams)
{
    public static RunPoints Empty { get; } = new([], [], [], []);
}
