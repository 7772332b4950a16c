using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>The best of all schedules for one river and one direction of the valley, in closed form: hold the peak, then fall as 1/t.</summary>
/// <param name="Problem">What was asked.</param>
/// <param name="SlopeRatio">G at the end of the run; a schedule with G ≥ 1 has nothing to cool and holds the peak throughout.</param>
/// <param name="DecaySteps">n = (2/(κη_pk))(1/√G − 1), at most all steps; not rounded.</param>
/// <param name="FinalRatio">η_T/η_pk: √G, and more where all steps are too few.</param>
/// <param name="IntrinsicTime">D at the end.</param>
/// <param name="FinalHeat">θ at the end: 2ρ − ρ² for the final ratio ρ, twice the bath's but for the square.</param>
/// <remarks>
/// By Pontryagin's principle, with G taken at the end: the rate stays at its peak, then <c>1/η(t) = 1/η_pk + (κ/2)(t − t₁)</c>, and the decay takes ln(1/G)/κ of
/// intrinsic time. Derived here; the fall is the optimal one of a single direction (Liu et al. 2025, arXiv:2505.10559). D and G determine each other and are found by iteration.
/// </remarks>
public sealed record OptimalStableDecay(
    StableDecayProblem Problem, double SlopeRatio, double DecaySteps, double FinalRatio, double IntrinsicTime, double FinalHeat)
{
    // Each halves the distance to the fixed point at least: enough for every digit.
    private const int Iterations = 200;

    /// <summary>Share of the steps that decay.</summary>
    public double DecayShare => DecaySteps / Problem.Steps;

    /// <summary>L − L0 at the end; nats.</summary>
    public double ExcessLoss => Problem.ExcessLoss(IntrinsicTime, FinalHeat);

    /// <summary>Solves a problem.</summary>
    public static OptimalStableDecay Solve(StableDecayProblem problem)
    {
        var perStep = problem.CoolingRate * problem.PeakRate / 2; // what a decay adds to η_pk/η in a step
        var time = problem.StartTime + problem.PeakRate * problem.Steps;
        var (slopeRatio, steps, ratio) = (1.0, 0.0, 1.0);
        for (var i = 0; i < Iterations; i++)
        {
            slopeRatio = problem.SlopeRatio(time);
            steps = Math.Clamp((1 / Math.Sqrt(slopeRatio) - 1) / perStep, 0, problem.Steps);
            ratio = 1 / (1 + perStep * steps);
            var decayTime = -2 * Math.Log(ratio) / problem.CoolingRate;
            time = (time + problem.StartTime + problem.PeakRate * (problem.Steps - steps) + decayTime) / 2;
        }

        return new(problem, slopeRatio, steps, ratio, time, (2 - ratio) * ratio);
    }

    /// <summary>The schedule in ordinary phases: a linear warm-up, a hold, a 1/t decay of whole steps.</summary>
    /// <param name="warmupSteps">Steps of the warm-up before the problem's own; at least 0.</param>
    /// <exception cref="InvalidScheduleException">No schedule has that many steps or such rates.</exception>
    public ScheduleSpec ToSchedule(long warmupSteps = 0) =>
        StablePhases.Of(warmupSteps, Problem.Steps, (long)Math.Round(DecaySteps), Problem.PeakRate, FinalRatio * Problem.PeakRate);
}
