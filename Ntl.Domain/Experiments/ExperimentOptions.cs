using System.Collections.Immutable;

namespace Ntl.Domain.Experiments;

/// <summary>Sizes of a standard experiment; the defaults keep E1–E6 of a small GPT on a CPU within 12,000 steps together.</summary>
public sealed record ExperimentOptions
{
    /// <summary>Rates in units of the trunk's rate at the checkpoint; null for the kind's own. E1: rungs. E2: quenches, the constant not counted. E4: peaks.</summary>
    public ImmutableArray<double>? RateFactors { get; init; }

    /// <summary>Steps held before an anneal (E1, E6), after a quench (E2), of a race (E3), at each batch (E5); 1 or more, null for the kind's own.</summary>
    public long? HoldSteps { get; init; }

    /// <summary>Steps of a linear anneal to rate 0 (Anneal, E1, E6) or of the common decay (E4); 2 or more, null for the kind's own.</summary>
    public long? AnnealSteps { get; init; }

    /// <summary>Lengths of hold of E4, in steps, each 1 or more.</summary>
    public ImmutableArray<long> CollapseHolds { get; init; } = [50, 120, 240];

    /// <summary>Batches of E5, in units of the trunk's: more micro-batches a step.</summary>
    public ImmutableArray<int> BatchFactors { get; init; } = [1, 2, 4];

    /// <summary>Rate of Lion over AdamW's, in E6. At 0.15 both keep the same heat: Lion's constant is 6.8 times as large.</summary>
    public double LionRateFactor { get; init; } = 0.15;

    /// <summary>Rate of plain gradient descent over AdamW's, in E6; momentum has (1 − β) times as much.</summary>
    public double SgdRateFactor { get; init; } = 100;

    /// <summary>Steps between two validations of every member, ≥ 1.</summary>
    public long ValidationIntervalSteps { get; init; } = 25;

    /// <summary>Batches of the validation set of every member; 1 to 1,024.</summary>
    public int ValidationBatches { get; init; } = 64;

    /// <summary>What is wrong with the sizes; null when nothing is.</summary>
    internal string? Problem()
    {
        if ((RateFactors ?? []).Concat([LionRateFactor, SgdRateFactor]).Any(factor => !(factor > 0 && double.IsFinite(factor))))
        {
            return "Every factor of a rate must be above 0 and finite.";
        }

        if (CollapseHolds.Concat(BatchFactors.Select(factor => (long)factor)).Append(HoldSteps ?? 1).Append(ValidationIntervalSteps).Append(ValidationBatches).Any(count => count < 1))
        {
            return "Every number of steps or batches must be at least 1.";
        }

        return AnnealSteps < 2 ? "An anneal has at least 2 steps." : null;
    }
}
