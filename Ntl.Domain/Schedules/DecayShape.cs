namespace Ntl.Domain.Schedules;

/// <summary>The shapes that a warmup–stable–decay schedule can end with.</summary>
public enum DecayShape
{
    /// <summary><see cref="LinearDecay"/>.</summary>
    Linear,

    /// <summary><see cref="CosineDecay"/>.</summary>
    Cosine,

    /// <summary><see cref="OneMinusSquareRootDecay"/>.</summary>
    OneMinusSquareRoot,

    /// <summary><see cref="ExponentialDecay"/>; needs an end rate above 0.</summary>
    Exponential,

    /// <summary><see cref="HyperbolicDecay"/>; needs an end rate above 0.</summary>
    Hyperbolic,

    /// <summary><see cref="InverseSquareRootDecay"/>; needs an end rate above 0.</summary>
    InverseSquareRoot,
}
