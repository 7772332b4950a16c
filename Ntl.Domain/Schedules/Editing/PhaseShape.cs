namespace Ntl.Domain.Schedules.Editing;

/// <summary>The shapes that a phase can be given.</summary>
public enum PhaseShape
{
    /// <summary><see cref="ConstantRate"/>.</summary>
    Hold,

    /// <summary><see cref="LinearRamp"/>.</summary>
    Ramp,

    /// <summary><see cref="LinearDecay"/>.</summary>
    Linear,

    /// <summary><see cref="CosineDecay"/>.</summary>
    Cosine,

    /// <summary><see cref="OneMinusSquareRootDecay"/>.</summary>
    OneMinusSquareRoot,

    /// <summary><see cref="ExponentialDecay"/>.</summary>
    Exponential,

    /// <summary><see cref="HyperbolicDecay"/>.</summary>
    Hyperbolic,

    /// <summary><see cref="InverseSquareRootDecay"/>.</summary>
    InverseSquareRoot,

    /// <summary><see cref="PolynomialDecay"/>.</summary>
    Polynomial,

    /// <summary><see cref="StepDecay"/>.</summary>
    Staircase,

    /// <summary><see cref="PiecewisePoints"/>.</summary>
    Points,

    /// <summary><see cref="ExpressionPhase"/>.</summary>
    Formula,
}
