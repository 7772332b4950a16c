namespace Ntl.Domain.Experiments;

/// <summary>The standard experiments: several runs that test one law together, off one checkpoint but for <see cref="Suggestion"/> and <see cref="Sweep"/>.</summary>
public enum ExperimentKind
{
    /// <summary>One checkpoint annealed to rate 0, against the run that goes on: its thermal loss.</summary>
    Anneal,

    /// <summary>E1. The same checkpoint held at several rates, each then annealed: equipartition, T ∝ η.</summary>
    TemperatureLadder,

    /// <summary>E2. The rate cut to several lower ones at once: heat capacity, linearity, cooling rate.</summary>
    QuenchLadder,

    /// <summary>E3. Shapes of decay over equal steps: the second law, and which ends lowest.</summary>
    DecayRace,

    /// <summary>E4. Peaks and lengths of hold before one common decay: the loss as a function of D.</summary>
    Collapse,

    /// <summary>E5. The same rate with larger batches: T ∝ 1/B.</summary>
    BatchLadder,

    /// <summary>E6. The same weights under other optimizers: their constants C.</summary>
    OptimizerLadder,

    /// <summary>E11. A suggested schedule and its baseline from scratch with equal seeds: predicted against measured gain.</summary>
    Suggestion,

    /// <summary>A grid over settings of one run, from scratch, with the same seeds in every cell.</summary>
    Sweep,
}
