using System.Runtime.InteropServices;

namespace Ntl.Domain.Thermodynamics;

/// <summary>First law: a change of the loss as work, done by the slow direction, and heat, taken up by the fast ones; nats.</summary>
/// <param name="Work">W; below 0 when the river brings the loss down.</param>
/// <param name="Heat">Q; below 0 when the valley cools.</param>
/// <remarks>Liu et al. 2025, arXiv:2505.10559, figure 1: <c>ΔU = W + Q</c>. Changes add up to a ledger.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnergyChange(double Work, double Heat)
{
    /// <summary>W + Q; nats.</summary>
    public double Total => Work + Heat;

    /// <summary>The river's part of a step, <c>c(y₁) − c(y₀)</c>, all of it work.</summary>
    /// <param name="before">c(y₀); nats.</param>
    /// <param name="after">c(y₁); nats.</param>
    public static EnergyChange OfRiver(double before, double after) => new(after - before, 0);

    /// <summary>One fast direction's part of a step: heat <c>ā Δ(½x²)</c> at the mean curvature, work <c>½x̄² Δa</c> at the mean square.</summary>
    /// <param name="curvatureBefore">a(y₀); nats/parameter².</param>
    /// <param name="curvatureAfter">a(y₁); nats/parameter².</param>
    /// <param name="squareBefore">x₀², or ⟨x²⟩ where y is the same for all; parameter².</param>
    /// <param name="squareAfter">x₁²; parameter².</param>
    /// <returns>Closes identically: the total is <c>½a₁x₁² − ½a₀x₀²</c>, for a step of any size and any a(y). The midpoint rule agrees to third order in the step.</returns>
    public static EnergyChange OfDirection(double curvatureBefore, double curvatureAfter, double squareBefore, double squareAfter) => new(
        (squareBefore + squareAfter) / 4 * (curvatureAfter - curvatureBefore),
        (curvatureBefore + curvatureAfter) / 4 * (squareAfter - squareBefore));

    /// <summary>A stretch of training: work is the change of the cold loss, heat that of the thermal loss.</summary>
    /// <param name="coldBefore">Loss with the heat taken out, by an average of weights or a branch annealed to rate 0; nats.</param>
    /// <param name="coldAfter">The same at the end; nats.</param>
    /// <param name="hotBefore">Loss as it is; nats.</param>
    /// <param name="hotAfter">The same at the end; nats.</param>
    public static EnergyChange OfTraining(double coldBefore, double coldAfter, double hotBefore, double hotAfter) =>
        new(coldAfter - coldBefore, hotAfter - coldAfter - (hotBefore - coldBefore));

    /// <summary>Both together.</summary>
    public static EnergyChange operator +(EnergyChange first, EnergyChange second) => first.Add(second);

    /// <summary>Both together.</summary>
    /// <param name="other">The other change.</param>
    public EnergyChange Add(EnergyChange other) => new(Work + other.Work, Heat + other.Heat);

    /// <summary>|ΔL − W − Q|/|ΔL|, the part of a measured change that the ledger misses; 0 when it closes, NaN when nothing changed.</summary>
    /// <param name="lossChange">ΔL as measured; nats.</param>
    public double ClosureError(double lossChange) => Math.Abs(lossChange - Total) / Math.Abs(lossChange);
}
