namespace Ntl.Domain.Experiments;

/// <summary>What a sweep may vary, in the order in which it is applied to a run's spec.</summary>
public enum SweepKnob
{
    /// <summary>The whole schedule; a value is its JSON.</summary>
    Schedule,

    /// <summary>Length, every phase stretched with it; steps.</summary>
    TotalSteps,

    /// <summary>Length of the warm-up within the same total; steps. For warm-up, hold and decay alone.</summary>
    WarmupSteps,

    /// <summary>Share of all steps that the decay takes, above 0 and at most 1; a constant rate is given a linear decay to 0. For warm-up, hold and decay alone.</summary>
    DecayFraction,

    /// <summary>Shape of the decay, one of <see cref="Schedules.DecayShape"/>. For warm-up, hold and decay alone.</summary>
    DecayShape,

    /// <summary>Highest rate, all others scaled with it; dimensionless.</summary>
    PeakRate,

    /// <summary>Decoupled weight decay; ≥ 0.</summary>
    WeightDecay,

    /// <summary>First-moment decay; in [0, 1).</summary>
    Beta1,

    /// <summary>Second-moment decay; in [0, 1).</summary>
    Beta2,

    /// <summary>Sequences in a micro-batch.</summary>
    BatchSize,

    /// <summary>Micro-batches a step.</summary>
    GradientAccumulationSteps,

    /// <summary>A <see cref="Runs.ModelPreset"/> by its id, with the run's own vocabulary, biases and dropout.</summary>
    Model,

    /// <summary>Width of the residual stream, a multiple of the heads.</summary>
    EmbeddingWidth,

    /// <summary>Transformer blocks.</summary>
    LayerCount,
}
