using Ntl.Domain.Experiments;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Tests.Domain.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

/// <summary>A run of a known river and a valley that cools by Newton's law, as probes would have measured it.</summary>
internal sealed record SyntheticRun(RunSpec Spec)
{
    public const double Kappa = 150;
    public const double Trace = 500;
    public const double Alpha = 0.2;

    public static readonly ProbeSpec Probes = new() { NoiseIntervalSteps = 5, ColdHorizonSteps = 50 };

    public RunId Id { get; init; } = new("0000000001");

    public int Seed { get; init; } = 1;

    /// <summary>Standard deviation of a measured loss; nats.</summary>
    public double LossNoise { get; init; } = 3e-4;

    /// <summary>Relative, of a measured trace.</summary>
    public double TraceNoise { get; init; } = 0.05;

    /// <summary>Tr PΣ_B at a step; nats per unit of rate.</summary>
    public Func<long, double> TraceAt { get; init; } = _ => Trace;

    /// <summary>What the valley shows in place of Newton's law: from step and its heat; nats.</summary>
    public Func<long, double, double> Heat { get; init; } = (_, heat) => heat;

    public static SyntheticRun WarmupStableDecay(long steps = 3000, long decay = 600, double rate = 1e-3) => new(RunSpecs.Valid with
    {
        Schedule = StandardSchedules.WarmupStableDecay(steps, rate, DecayShape.Linear, decay, 0, 100),
        Optimizer = new() { WeightDecay = 0, GradientClip = null },
        GradientAccumulationSteps = 4,
        ValidationIntervalSteps = 25,
        Probes = Probes,
    });

    public static double River(double time) => 2 + (0.5 * Math.Pow(0.1 + time, -0.5));

    public RunRecord Record(long? until = null)
    {
        var random = new Random(Seed);
        var last = Math.Min(until ?? Spec.TotalSteps, Spec.TotalSteps);
        var heats = new NewtonCooling(Kappa, Alpha * Trace).Along(0, Spec.Schedule);
        Dictionary<MetricKey, List<MetricPoint>> points = [];
        for (var step = Spec.FirstStep; step <= last; step++)
        {
            var (river, heat) = (River(Spec.Schedule.CumulativeRate(step)), Heat(step, heats[step]));
            if (step % Spec.ValidationIntervalSteps == 0 || step == Spec.TotalSteps)
            {
                var hot = river + heat + (LossNoise * Normal());
                Add(MetricKeys.ValidationLoss, step, hot);
                if (Spec.Probes?.ColdHorizonSteps is not null)
                {
                    Add(ProbeKeys.ColdLoss, step, river);
                    Add(ProbeKeys.ThermalLoss, step, hot - river);
                    Add(ProbeKeys.Error(ProbeKeys.ThermalLoss), step, LossNoise);
                }
            }

            if (step == last)
            {
                break;
            }

            Add(MetricKeys.TrainLoss, step, river + heat + (0.02 * Normal()));
            Add(MetricKeys.LearningRate, step, Spec.Schedule.LearningRate(step));
            Add(MetricKeys.GradientNorm, step, 0.5 + (0.02 * Normal()));
            Add(MetricKeys.ElapsedSeconds, step, 0.1 * (step + 1));
            if (step % (Spec.Probes?.NoiseIntervalSteps ?? long.MaxValue) == 0)
            {
                AddNoise(step);
            }
        }

        return new(Id, Spec, points.ToDictionary(pair => pair.Key, pair => MetricSeries.Of([.. pair.Value])));

        void AddNoise(long step)
        {
            var trace = TraceAt(step) * 4.0 * 8 / (Spec.BatchSize * Spec.GradientAccumulationSteps);
            var layers = RunThermodynamicsTests.LayersOf(Spec);
            Add(ProbeKeys.Noise, step, trace * (1 + (TraceNoise * Normal())));
            Add(ProbeKeys.GradientCovariance, step, 1e-3 * trace * (1 + (TraceNoise * Normal())));
            Add(ProbeKeys.GradientSquare, step, (1e-3 * trace) + 0.1 + (0.01 * Normal()));
            Add(ProbeKeys.PreconditionedGradientSquare, step, trace * 1.2);
            Add(ProbeKeys.UpdateSquare, step, 10);
            Add(ProbeKeys.UpdateOverlap, step, 5 * Spec.Schedule.LearningRate(step));
            Add(ProbeKeys.Seconds, step, 0.005 * (step + 1));
            foreach (var layer in layers)
            {
                Add(ProbeKeys.Of(ProbeKeys.Noise, layer), step, trace / layers.Count * (1 + (TraceNoise * Normal())));
                Add(ProbeKeys.Of(ProbeKeys.PreconditionedGradientSquare, layer), step, trace * 1.2 / layers.Count);
            }
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        void Add(MetricKey key, long step, double value)
        {
            if (!points.TryGetValue(key, out var series))
            {
                points[key] = series = [];
            }

            series.Add(new(step, value));
        }
    }

    /// <summary>The valley's heat before a step; nats.</summary>
    public static double HeatAt(RunSpec spec, double time)
    {
        var heats = new NewtonCooling(Kappa, Alpha * Trace).Along(0, spec.Schedule);
        var step = (int)spec.Schedule.StepsToReach(time);
        var (before, after) = (spec.Schedule.CumulativeRate(Math.Max(0, step - 1)), spec.Schedule.CumulativeRate(step));
        return after > before ? heats[step - 1] + ((heats[step] - heats[step - 1]) * (time - before) / (after - before)) : heats[step];
    }

    /// <summary>The members of a standard experiment, as they would have been measured.</summary>
    public static List<RunRecord> Experiment(ExperimentKind kind, int seed = 1, ExperimentOptions? options = null)
    {
        var drawn = 100 * seed;
        var trunk = new ExperimentTrunk(new("0000000000"), ExperimentPlan.StandardTrunk(RunSpecs.Valid.Dataset), 1000);
        var plan = ExperimentPlan.Create(kind, trunk, options, () => new((++drawn).ToString("0000000000", System.Globalization.CultureInfo.InvariantCulture)));
        return [.. plan.Members.Select((member, i) => new SyntheticRun(member.Spec) { Id = member.Id, Seed = (1000 * seed) + i }.Record())];
    }
}
