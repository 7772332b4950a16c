namespace Ntl.Domain.Runs;

/// <summary>The update rule and its constants. The learning rate is the schedule's alone.</summary>
public sealed record OptimizerSpec
{
    /// <summary>The rule.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.AdamW;

    /// <summary>First-moment decay (AdamW), interpolation (Lion) or momentum (SGD); in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Second-moment decay (AdamW) or momentum decay (Lion), in [0, 1); SGD ignores it.</summary>
    public double Beta2 { get; init; } = 0.95;

    /// <summary>Added to the root of the second moment (AdamW); positive. Others ignore it.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decoupled decay per unit of learning rate, on matrices and embeddings only; ≥ 0.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Largest global L2 norm of the gradient; longer ones are scaled down to it. Null leaves the gradient alone.</summary>
    public double? GradientClip { get; init; } = 1.0;
}
