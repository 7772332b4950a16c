using System.Collections.Immutable;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory;

/// <summary>Knobs that many cards have, so that they are called the same on each.</summary>
internal static class SharedKnobs
{
    public const string Rate = "rate";
    public const string Curvature = "curvature";
    public const string Noise = "noise";
    public const string Replicas = "replicas";
    public const string Steps = "steps";
    public const string Seed = "seed";
    public const string Optimizer = "optimizer";

    /// <summary>Every optimiser, by the word for it.</summary>
    public static ImmutableArray<(string Word, EnsembleOptimizer Optimizer)> Optimizers { get; } =
    [
        ("SGD", EnsembleOptimizer.Sgd),
        ("heavy ball", EnsembleOptimizer.HeavyBall()),
        ("EMA momentum", EnsembleOptimizer.EmaMomentum()),
        ("RMSprop", EnsembleOptimizer.RmsProp()),
        ("Adam", EnsembleOptimizer.Adam()),
        ("SignSGD", EnsembleOptimizer.SignSgd),
        ("Lion", EnsembleOptimizer.Lion()),
    ];

    /// <summary>Those whose constant shows at rates that a person can wait for: Lion's needs κη ≪ 1 − β₂, a hundred times as many steps.</summary>
    public static ImmutableArray<(string Word, EnsembleOptimizer Optimizer)> QuickOptimizers { get; } = [.. Optimizers.Where(pair => pair.Optimizer.Kind != EnsembleOptimizerKind.Lion)];

    public static Knob RateKnob(double value, double min = 1e-4, double max = 10) => new(Rate, "learning rate", "η", "", value, min, max, KnobScale.Logarithmic);

    public static Knob CurvatureKnob(double value = 1) => new(Curvature, "curvature", "a", "nats/param²", value, 0.01, 100, KnobScale.Logarithmic);

    public static Knob NoiseKnob(double value = 1) => new(Noise, "gradient noise", "σ", "nats/param", value, 0.01, 100, KnobScale.Logarithmic);

    public static Knob ReplicasKnob(int value) => new(Replicas, "replicas", "M", "", value, 16, 200_000, KnobScale.Integer);

    public static Knob StepsKnob(int value, int max = 100_000) => new(Steps, "steps", "n", "", value, 10, max, KnobScale.Integer);

    public static Knob SeedKnob { get; } = new(Seed, "seed", "", "", 1, 0, 1e9, KnobScale.Integer);

    /// <summary>A problem when a rate has no equilibrium.</summary>
    public static IEnumerable<SpecProblem> Stability(UpdateRule rule, double rate, ValleyMode mode, string knob = Rate)
    {
        var limit = rule.StabilityLimit(mode);
        if (rate >= limit)
        {
            yield return new(knob, FormattableString.Invariant(
                $"The rate η = {NumberFormat.Rate(rate)} is not below {NumberFormat.Number(limit)}, where x starts to grow without limit at curvature a = {NumberFormat.Number(mode.Curvature)}."));
        }
    }

    /// <summary>A problem when an ensemble would take longer than a person waits.</summary>
    public static IEnumerable<SpecProblem> Work(double replicaSteps, string knob)
    {
        const double Most = 3e9;
        if (replicaSteps > Most)
        {
            yield return new(knob, FormattableString.Invariant($"This would take {NumberFormat.Number(replicaSteps, 2)} steps of single replicas; a card takes at most {NumberFormat.Number(Most, 2)}."));
        }
    }
}
