namespace Ntl.Domain.Annealing;

/// <summary>How a schedule did.</summary>
/// <param name="Entry">The schedule.</param>
/// <param name="ThermalLoss">L_th after the last step; nats, ∞ where it diverged.</param>
/// <param name="RatioToOptimum">L_th over that of the best anneal of as many steps; at least 1.</param>
/// <param name="SmallestEquilibriumRatio">
/// The smallest L_th over its value in equilibrium at the step's rate, over all steps; at least 1 while the rate falls (second law), ∞ without a step of positive, stable rate.
/// </param>
/// <param name="FinalEquilibriumRatio">T_obj/T_bath after the last step; ∞ if its rate is 0.</param>
public sealed record RaceResult(RaceEntry Entry, double ThermalLoss, double RatioToOptimum, double SmallestEquilibriumRatio, double FinalEquilibriumRatio);
