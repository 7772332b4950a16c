using System.Collections.Immutable;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Experiments;

/// <summary>The members of an experiment while they are laid out.</summary>
internal sealed class ExperimentLayout(ExperimentKind kind, string id, ExperimentTrunk trunk, ExperimentOptions options, Func<RunId> newId)
{
    // Of the rate: where decays end that cannot reach 0, and the common end of E4.
    private const double SmallestShare = 0.02;
    private const double CollapseEnd = 0.1;

    private static readonly ProbeSpec s_probes = new()
    {
        NoiseIntervalSteps = 5,
        ColdHorizonSteps = 100,
        CurvatureIntervalSteps = null,
        SpectrumAtPhaseEnds = false,
        ConductionIntervalSteps = null,
        RiverWindowSteps = null,
    };

    private readonly double _rate = trunk.Spec.Schedule.LearningRate(trunk.Step - 1);
    private readonly string _trunkHash = RunSpecJson.Hash(trunk.Spec);

    public string Id => id;

    public List<ExperimentMember> Members { get; } = [];

    public void AddMembers()
    {
        switch (kind)
        {
            case ExperimentKind.Anneal:
                AddAnnealed(trunk.Spec, Further(AnnealSteps(300)), FormattableString.Invariant($"{NumberFormat.Rate(_rate)}"), _rate, 0, AnnealSteps(300));
                break;
            case ExperimentKind.TemperatureLadder:
                foreach (var factor in Factors(0.25, 0.5, 1, 2))
                {
                    AddAnnealed(trunk.Spec, Further(AnnealSteps(300)), Rate(factor), factor * _rate, HoldSteps(250), AnnealSteps(300));
                }

                break;
            case ExperimentKind.QuenchLadder:
                foreach (var factor in Factors(0.6, 0.3, 0.1).Prepend(1).Distinct())
                {
                    var role = factor == 1 ? ExperimentRole.Hold : ExperimentRole.Quench;
                    Add(trunk.Spec, role, Rate(factor), factor * _rate, [new ConstantRate(HoldSteps(400), factor * _rate)]);
                }

                break;
            case ExperimentKind.DecayRace:
                AddRace();
                break;
            case ExperimentKind.Collapse:
                AddCollapse();
                break;
            case ExperimentKind.BatchLadder:
                foreach (var factor in options.BatchFactors)
                {
                    var spec = trunk.Spec with { GradientAccumulationSteps = factor * trunk.Spec.GradientAccumulationSteps };
                    double sequences = spec.BatchSize * (double)spec.GradientAccumulationSteps;
                    Add(spec, ExperimentRole.Batch, FormattableString.Invariant($"of {sequences}"), sequences, [new ConstantRate(HoldSteps(150), _rate)]);
                }

                break;
            case ExperimentKind.OptimizerLadder:
                AddOptimizers();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such experiment.");
        }
    }

    private void AddRace()
    {
        var (steps, end) = (HoldSteps(300), SmallestShare * _rate);
        var hold = Math.Max(1, steps * 2 / 3);
        Add(trunk.Spec, ExperimentRole.Hold, "constant", _rate, [new ConstantRate(steps, _rate)]);
        RateDecay[] shapes = [new HyperbolicDecay(steps, _rate, end), new LinearDecay(steps, _rate, 0), new CosineDecay(steps, _rate, 0), new OneMinusSquareRootDecay(steps, _rate, 0), new ExponentialDecay(steps, _rate, end)];
        foreach (var shape in shapes)
        {
            Add(trunk.Spec, ExperimentRole.Race, shape.ShapeName, null, [shape]);
        }

        Add(trunk.Spec, ExperimentRole.Race, "hold, then linear", null, [new ConstantRate(hold, _rate), new LinearDecay(Math.Max(1, steps - hold), _rate, 0)]);
    }

    private void AddCollapse()
    {
        var decay = AnnealSteps(120);
        foreach (var factor in Factors(0.5, 1, 2))
        {
            foreach (var hold in options.CollapseHolds)
            {
                var peak = factor * _rate;
                Add(trunk.Spec, ExperimentRole.Path, FormattableString.Invariant($"{Rate(factor)}, hold {hold}"), peak, [new ConstantRate(hold, peak), new CosineDecay(decay, peak, Math.Min(peak, CollapseEnd * _rate))]);
            }
        }
    }

    private void AddOptimizers()
    {
        var (first, spec) = (trunk.Spec.Optimizer.Kind == OptimizerKind.AdamW ? trunk.Spec.Optimizer.Beta1 : 0.9, trunk.Spec.Optimizer);
        (string Name, OptimizerSpec Rule, double Factor)[] rules =
        [
            ("AdamW", spec with { Kind = OptimizerKind.AdamW }, 1),
            ("Lion", spec with { Kind = OptimizerKind.Lion, Beta1 = 0.9, Beta2 = 0.99 }, options.LionRateFactor),
            ("SGD", spec with { Kind = OptimizerKind.Sgd, Beta1 = 0 }, options.SgdRateFactor),
            ("SGD with momentum", spec with { Kind = OptimizerKind.Sgd, Beta1 = first }, options.SgdRateFactor * (1 - first)),
        ];
        foreach (var (name, rule, factor) in rules)
        {
            var rate = factor * _rate;
            AddAnnealed(trunk.Spec with { Optimizer = rule }, Further(AnnealSteps(150)), FormattableString.Invariant($"{name} at {NumberFormat.Rate(rate)}"), rate, HoldSteps(200), AnnealSteps(150));
        }
    }

    // A hold that goes on past the checkpoint at its middle until it has passed the D at which the anneal ends, and the anneal.
    private void AddAnnealed(RunSpec spec, long further, string label, double rate, long hold, long anneal)
    {
        var fork = trunk.Step + hold;
        var held = Add(spec, ExperimentRole.Hold, label, rate, [new ConstantRate(hold + further, rate)], kept: fork);
        var annealed = Add(spec, ExperimentRole.Anneal, label, rate, hold == 0 ? [new LinearDecay(anneal, rate, 0)] : [new ConstantRate(hold, rate), new LinearDecay(anneal, rate, 0)]);
        if (hold > 0)
        {
            Members[^1] = annealed with { Spec = annealed.Spec with { Branch = new() { Run = held.Id, Step = fork, SpecHash = RunSpecJson.Hash(held.Spec) } } };
        }
    }

    // Half an anneal brings a hold to the same D; two validations more, so that the comparison has neighbours on both sides.
    private long Further(long anneal)
    {
        const long Neighbours = 2;
        var interval = options.ValidationIntervalSteps;
        return (((((anneal + 1) / 2) + interval - 1) / interval) + Neighbours) * interval;
    }

    private ExperimentMember Add(RunSpec spec, string role, string label, double? value, IEnumerable<SchedulePhase> phases, long? kept = null)
    {
        var member = new ExperimentMember(newId(), spec with
        {
            Name = $"{Title} · {role} {label}",
            Schedule = trunk.Spec.Schedule.First(trunk.Step).Then(phases),
            Branch = new() { Run = trunk.Id, Step = trunk.Step, SpecHash = _trunkHash },
            Experiment = new() { Id = id, Kind = kind, Role = role, Value = value },
            Entry = null,
            Probes = string.Equals(role, ExperimentRole.Anneal, StringComparison.Ordinal) ? s_probes with { ColdHorizonSteps = null } : s_probes,
            ValidationIntervalSteps = options.ValidationIntervalSteps,
            ValidationBatches = options.ValidationBatches,
            KeptCheckpointIntervalSteps = kept,
        });
        Members.Add(member);
        return member;
    }

    private string Title => kind switch
    {
        ExperimentKind.Anneal => "Anneal",
        ExperimentKind.TemperatureLadder => "Temperature ladder",
        ExperimentKind.QuenchLadder => "Quench ladder",
        ExperimentKind.DecayRace => "Decay race",
        ExperimentKind.Collapse => "Collapse",
        ExperimentKind.BatchLadder => "Batch ladder",
        _ => "Optimizer ladder",
    };

    private string Rate(double factor) => FormattableString.Invariant($"{NumberFormat.Number(factor, 3)}× ({NumberFormat.Rate(NumberFormat.Round(factor * _rate))})");

    private IEnumerable<double> Factors(params ImmutableArray<double> own) => options.RateFactors ?? own;

    private long HoldSteps(long own) => options.HoldSteps ?? own;

    private long AnnealSteps(long own) => options.AnnealSteps ?? own;
}
