using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>The numbers of a river and its valley, with what they mean.</summary>
internal static class RiverValleyReading
{
    public static ImmutableArray<LawParameter> Of(RiverValleyLaw law)
    {
        List<LawParameter> parameters =
        [
            new("L₀", "cold loss", law.ColdLoss, null, null, "nats/token", "The loss at absolute zero at the river's end: what more training of this model on these data does not get below."),
            new("A", "river scale", law.RiverScale, null, null, "nats/token", "What the river has still to give after one unit of its clock."),
            new("α", "river exponent", law.RiverExponent, null, null, "", "How fast the river runs dry: what it has still to give falls as its clock to the power −α."),
        ];
        if (law.Kind is LawKind.RiverSpectrum or LawKind.AdaptiveSpectrum)
        {
            parameters.Add(new("p", "clock exponent", law.ClockExponent, null, null, "", "The river's speed goes as η^p. Below 1, the entropic force holds the drift back at high rates, so that a step at a low rate moves the river further than its share of D."));
        }

        if (law.Kind is LawKind.AdaptiveSpectrum)
        {
            parameters.Add(new("r", "bath exponent", law.BathExponent, null, null, "", "The equilibrium heat goes as η^r. Below 1, the network adapts its noise to the rate: Tr PΣ falls as η^(r−1)."));
        }

        if (law.Modes.Length > 0)
        {
            parameters.Add(new("C", "heat", law.Heat, null, null, "nats/token", "The thermal loss in equilibrium with the reference rate: what a slow enough cooling to zero lets out."));
            parameters.Add(new("C/η", "heat capacity", law.HeatCapacity, null, null, "nats per unit of rate", "dL_th/dη at the reference rate: the loss a quench lets out for each unit that the rate falls by."));
        }

        if (law.Kind is LawKind.Newton)
        {
            parameters.Add(new("κ", "cooling rate", law.Modes[0].CoolingRate, null, null, "1/rate", "Twice the preconditioned curvature of the valley: the heat above equilibrium falls to 1/e in 1/(κη) steps."));
        }
        else if (law.Heat > 0 && law.Kind is not LawKind.Equilibrium)
        {
            parameters.Add(new("⟨κ⟩", "mean cooling rate", Math.Exp(law.Modes.Sum(mode => mode.Heat * Math.Log(mode.CoolingRate)) / law.Heat), null, null, "1/rate", "Geometric mean of the modes' cooling rates, each by its heat: twice a typical preconditioned curvature."));
        }

        return [.. parameters];
    }
}
