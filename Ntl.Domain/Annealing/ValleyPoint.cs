using System.Runtime.InteropServices;

namespace Ntl.Domain.Annealing;

/// <summary>The valley beside its bath at one place of a schedule.</summary>
/// <param name="Updates">Optimizer updates made.</param>
/// <param name="Rate">η of the last of them: the bath.</param>
/// <param name="ValleyRate">The rate that the valley's heat would be in equilibrium with: L_th/C.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValleyPoint(long Updates, double Rate, double ValleyRate)
{
    /// <summary>T_obj/T_bath: below 1 while the valley warms, 1 in equilibrium, 2 along the best anneal, far above where the rate fell too fast; ∞ at rate 0, but 1 where there is no heat either.</summary>
    public double Ratio => ValleyRate == Rate ? 1 : ValleyRate / Rate;
}
