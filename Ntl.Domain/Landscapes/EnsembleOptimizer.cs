using System.Runtime.InteropServices;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Landscapes;

/// <summary>An optimiser with its constants.</summary>
/// <remarks>
/// Averages start as after a long stable phase: m = 0, v = the noise's variance. So there is no bias to correct, and an ensemble that starts in
/// equilibrium stays there.
/// </remarks>
/// <param name="Kind">Which optimiser.</param>
/// <param name="Beta1">β or β₁, memory of the gradient, in [0, 1).</param>
/// <param name="Beta2">β₂, memory of its square (of the gradient, for Lion), in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0 beside √v.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnsembleOptimizer(EnsembleOptimizerKind Kind, double Beta1 = 0, double Beta2 = 0, double Epsilon = 0)
{
    /// <summary>Plain stochastic gradient descent.</summary>
    public static EnsembleOptimizer Sgd { get; } = new(EnsembleOptimizerKind.Sgd);

    /// <summary>Sign of the gradient.</summary>
    public static EnsembleOptimizer SignSgd { get; } = new(EnsembleOptimizerKind.SignSgd);

    /// <summary>Polyak's heavy ball.</summary>
    public static EnsembleOptimizer HeavyBall(double beta = 0.9) => new(EnsembleOptimizerKind.HeavyBall, beta);

    /// <summary>Momentum as a moving average.</summary>
    public static EnsembleOptimizer EmaMomentum(double beta = 0.9) => new(EnsembleOptimizerKind.EmaMomentum, beta);

    /// <summary>RMSprop.</summary>
    public static EnsembleOptimizer RmsProp(double beta2 = 0.999, double epsilon = 1e-8) => new(EnsembleOptimizerKind.RmsProp, 0, beta2, epsilon);

    /// <summary>Adam without bias correction, which a warm start does not need.</summary>
    public static EnsembleOptimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => new(EnsembleOptimizerKind.Adam, beta1, beta2, epsilon);

    /// <summary>Lion.</summary>
    public static EnsembleOptimizer Lion(double beta1 = 0.9, double beta2 = 0.99) => new(EnsembleOptimizerKind.Lion, beta1, beta2);

    /// <summary>The laws that it obeys.</summary>
    public UpdateRule Law => Kind switch
    {
        EnsembleOptimizerKind.Sgd => UpdateRule.Sgd,
        EnsembleOptimizerKind.HeavyBall => UpdateRule.HeavyBall(Beta1),
        EnsembleOptimizerKind.EmaMomentum => UpdateRule.EmaMomentum(Beta1),
        EnsembleOptimizerKind.RmsProp => UpdateRule.RmsProp(Beta2),
        EnsembleOptimizerKind.Adam => UpdateRule.Adam(Beta1, Beta2),
        EnsembleOptimizerKind.SignSgd => UpdateRule.SignSgd,
        EnsembleOptimizerKind.Lion => UpdateRule.Lion(Beta1, Beta2),
        _ => throw new InvalidOperationException($"There is no optimiser {Kind}."),
    };

    internal void Validate(string path, ICollection<SpecProblem> problems)
    {
        if (Beta1 is not (>= 0 and < 1))
        {
            problems.Add(new($"{path}.beta1", FormattableString.Invariant($"β₁ must be in [0, 1); it is {Beta1}.")));
        }

        if (Beta2 is not (>= 0 and < 1))
        {
            problems.Add(new($"{path}.beta2", FormattableString.Invariant($"β₂ must be in [0, 1); it is {Beta2}.")));
        }

        if (Epsilon < 0 || !double.IsFinite(Epsilon))
        {
            problems.Add(new($"{path}.epsilon", FormattableString.Invariant($"ε must be 0 or more; it is {Epsilon}.")));
        }
    }
}
