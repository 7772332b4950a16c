namespace Ntl.Domain.Landscapes;

/// <summary>The optimisers that can move an ensemble.</summary>
public enum EnsembleOptimizerKind
{
    /// <summary>x ← x − ηg.</summary>
    Sgd,

    /// <summary>m ← βm + g, x ← x − ηm (Polyak).</summary>
    HeavyBall,

    /// <summary>m ← βm + (1 − β)g, x ← x − ηm.</summary>
    EmaMomentum,

    /// <summary>v ← β₂v + (1 − β₂)g², x ← x − ηg/(√v + ε).</summary>
    RmsProp,

    /// <summary>Both averages: x ← x − ηm/(√v + ε).</summary>
    Adam,

    /// <summary>x ← x − η·sign(g).</summary>
    SignSgd,

    /// <summary>x ← x − η·sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g (Chen et al. 2023).</summary>
    Lion,
}
