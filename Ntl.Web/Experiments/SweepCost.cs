using Ntl.Domain.Experiments;
using Ntl.Web.Components.Composer;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>What a sweep will take if no member is stopped.</summary>
/// <param name="Runs">All members.</param>
/// <param name="Steps">Updates of all members.</param>
/// <param name="Tokens">They train on.</param>
/// <param name="Flops">Floating-point operations.</param>
/// <param name="Seconds">Training time one after another; null when it cannot be told for every member.</param>
/// <param name="Basis">Where the time comes from.</param>
internal sealed record SweepCost(int Runs, long Steps, double Tokens, double Flops, double? Seconds, string Basis)
{
    public static SweepCost Of(ExperimentPlan plan, IReadOnlyList<RunRow> history)
    {
        List<CostEstimate> costs = [.. plan.Members.Select(member => CostEstimate.Of(member.Spec, ModelNames.Of(member.Spec.Model), history))];
        return new(
            plan.Members.Length,
            plan.TotalSteps,
            plan.Members.Sum(member => (double)member.Spec.TokensPerStep * member.Steps),
            plan.TotalFlops,
            costs.TrueForAll(cost => cost.Seconds is not null) ? costs.Sum(cost => cost.Seconds!.Value) : null,
            costs.FirstOrDefault()?.Basis ?? "");
    }
}
