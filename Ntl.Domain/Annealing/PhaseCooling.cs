namespace Ntl.Domain.Annealing;

/// <summary>What a phase does to the valley.</summary>
/// <param name="Index">The phase.</param>
/// <param name="FastestFall">
/// The fastest growth of 1/η, over the κ/2 a step of the best anneal: 1 is the pace that one valley direction is cooled best at, above 1 the rate falls faster than the heat
/// can leave; 0 where it never falls, ∞ where it falls to zero.
/// </param>
/// <param name="ShareTooFast">The share of the phase's steps along which it falls faster than that.</param>
/// <param name="EndRatio">T_obj/T_bath after the phase's last step.</param>
/// <param name="HottestRatio">The largest T_obj/T_bath of the phase.</param>
public sealed record PhaseCooling(int Index, double FastestFall, double ShareTooFast, double EndRatio, double HottestRatio)
{
    /// <summary>The ratio above which a valley is said to be out of equilibrium: along the best anneal it is 2.</summary>
    public const double FarRatio = 2.5;

    private const double NearRatio = 1.1;

    /// <summary>The phase's effect, by the valley's temperature at its end.</summary>
    public CoolingState State =>
        HottestRatio > FarRatio ? CoolingState.OutOfEquilibrium
        : EndRatio > NearRatio ? CoolingState.Cooling
        : EndRatio < 1 / NearRatio ? CoolingState.Warming
        : CoolingState.Equilibrium;
}
