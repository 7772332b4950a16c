using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>The numbers of a transfer law, with what they mean.</summary>
internal static class PeakTransferReading
{
    public static ImmutableArray<LawParameter> Of(PeakTransferLaw law)
    {
        List<LawParameter> parameters =
        [
            new("L₀", "cold loss", law.ColdLoss, null, null, "nats/token",
                "The loss at absolute zero at the river's end: what more training of this model on these data does not get below."),
            new("A", "river scale", law.RiverScale, null, null, "nats/token",
                "What the river has still to give after one unit of its clock."),
            new("α", "river exponent", law.RiverExponent, null, null, "",
                "How fast the river runs dry: what it has still to give falls as its clock to the power −α."),
            new("η_c", "knee of the brake", law.Knee, null, null, "rate", law.IsKneeFitted
                ? "The rate at which the brake halves the river's speed; fitted, because the fitted peaks span a factor of four or more."
                : "The rate at which the brake halves the river's speed. Assumed, not fitted: the fitted peaks do not determine it."),
            new("λ", "weight decay", law.WeightDecay, null, null, "1/(rate·step)",
                "An input, not fitted: the network forgets its earlier rates at the rate 2λη per step."),
        ];
        if (law.Modes.Length > 0)
        {
            parameters.Add(new("C", "heat", law.Heat, null, null, "nats/token",
                "The thermal loss while the reference rate is held; at another peak it goes as the peak to the power ⅓."));
            parameters.Add(new("C/η", "heat capacity", law.Heat / law.ReferenceRate, null, null, "nats per unit of rate",
                "The loss that a quench from the reference rate lets out for each unit that the rate falls by."));
        }

        if (law.Heat > 0)
        {
            parameters.Add(new("⟨k⟩", "mean cooling rate",
                Math.Exp(law.Modes.Sum(mode => mode.Heat * Math.Log(mode.CoolingRate)) / law.Heat), null, null, "1/step",
                "Geometric mean of the modes' cooling rates at a held rate, each by its heat: the same number of steps at any peak."));
        }

        return [.. parameters];
    }
}
