using Ntl.Domain.Landscapes;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

/// <summary>The river–valley landscape with the fast directions averaged: their moments step by step, and the river that they push.</summary>
/// <param name="Thermal">Σ ½aV after so many steps; nats.</param>
/// <param name="Position">y after so many steps.</param>
/// <param name="HasRiver">Whether the averaged law tells how the river moves: it does for rules that are linear in the gradient.</param>
internal sealed record RiverTheory(double[] Thermal, double[] Position, bool HasRiver)
{
    /// <summary>The theory of a river–valley ensemble whose replicas start at one place.</summary>
    public static RiverTheory Along(EnsembleSpec spec)
    {
        var law = spec.Optimizer.Law;
        var (landscape, start) = ((RiverValley)spec.Landscape, spec.Start!.Mean);
        var moves = landscape.HasRiver && law is MomentumRule;
        var preconditioner = (law as MomentumRule)?.Preconditioner ?? 0;
        var y = landscape.HasRiver ? start[^1] : 0;
        var count = landscape.Directions.Length;
        var mode = landscape.ModeAt(0, y);
        var moments = ValleyMoments.AtRest(start[0] * start[0], mode);
        var (thermal, position) = (new double[spec.Schedule.TotalSteps + 1], new double[spec.Schedule.TotalSteps + 1]);
        (thermal[0], position[0]) = (count * mode.ThermalLoss(moments.Variance), y);
        for (var step = 0; step < spec.Schedule.TotalSteps; step++)
        {
            var rate = spec.Schedule.LearningRate(step);
            var before = count * mode.ThermalLoss(moments.Variance);
            moments = law.Advance(moments, rate, mode);
            if (moves)
            {
                y += rate * preconditioner * EntropicForce.Drift(landscape.River.Slope(y), before, landscape.Valley.LogSlope(y));
                mode = landscape.ModeAt(0, y);
            }

            (thermal[step + 1], position[step + 1]) = (count * mode.ThermalLoss(moments.Variance), y);
            if (!double.IsFinite(thermal[step + 1]) || thermal[step + 1] > 1e100)
            {
                Array.Fill(thermal, double.NaN, step + 1, thermal.Length - step - 1);
                Array.Fill(position, double.NaN, step + 1, position.Length - step - 1);
                break;
            }
        }

        return new(thermal, position, moves);
    }
}
