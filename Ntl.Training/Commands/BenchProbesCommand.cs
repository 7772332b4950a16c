using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Training.Data;
using Ntl.Training.Engine;
using Ntl.Training.Runs;
using static TorchSharp.torch;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train bench-probes</c>: what each probe costs, in milliseconds, beside a plain step of the same state.</summary>
internal static class BenchProbesCommand
{
    private const int StepsOfARound = 12; // of each kind, by turns
    private const long WarmUpSteps = 20;
    private static readonly ProbeSpec s_none = new()
    {
        NoiseIntervalSteps = null,
        ColdHorizonSteps = null,
        CurvatureIntervalSteps = null,
        SpectrumAtPhaseEnds = false,
        ConductionIntervalSteps = null,
        RiverWindowSteps = null,
    };

    public static Command Create()
    {
        Option<string> preset = new("--model") { Description = "A model preset.", DefaultValueFactory = _ => "micro" };
        Option<int> batchSize = new("--batch") { Description = "Sequences in a micro-batch.", DefaultValueFactory = _ => 8 };
        Option<int> accumulation = new("--accumulation") { Description = "Micro-batches a step.", DefaultValueFactory = _ => 4 };
        Option<int> rounds = new("--rounds") { Description = "Rounds of all probes.", DefaultValueFactory = _ => 5 };
        Option<Precision> precision = new("--precision") { Description = "Float32 or BFloat16.", DefaultValueFactory = _ => Precision.Float32 };
        Command command = new("bench-probes", "Times the probes beside plain steps and prints one line of JSON.") { preset, batchSize, accumulation, rounds, precision };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var model = ModelPreset.Find(parsed.GetValue(preset)) ?? throw new ArgumentException($"There is no preset '{parsed.GetValue(preset)}'.", nameof(parsed));
            var spec = new RunSpec
            {
                Name = "bench",
                Model = model.Model,
                Dataset = BuiltInCorpus.StateOfTheUnion,
                Schedule = new ScheduleSpec(new LinearRamp(WarmUpSteps, 0, 3e-4), new ConstantRate(1_000_000, 3e-4)),
                BatchSize = parsed.GetValue(batchSize),
                GradientAccumulationSteps = parsed.GetValue(accumulation),
                Precision = parsed.GetValue(precision),
                Probes = new() { RiverWindowSteps = StepsOfARound }, // so that each round closes a window
            };
            parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(Measure(spec, parsed.GetValue(rounds))));
            return 0;
        });
        return command;
    }

    private static Dictionary<string, List<double>> Measure(RunSpec spec, int rounds)
    {
        var directory = Directory.CreateTempSubdirectory("ntl-bench-");
        try
        {
            return Measure(spec, rounds, new RunDirectory(directory.FullName));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Dictionary<string, List<double>> Measure(RunSpec spec, int rounds, RunDirectory run)
    {
        run.Create();
        var fence = Fence.Issue(1);
        fence.Raise(run);
        using var journal = new JournalWriter(run.CreateAttempt(1), new FenceGuard(run, fence), TimeProvider.System);
        var log = new AttemptLog(journal, TextWriter.Null, TimeProvider.System);
        using var scope = NewDisposeScope();
        using var state = new TrainingState(spec);
        using var dataset = TokenDataset.Open(spec.Dataset, spec.Model);
        var sampler = new BatchSampler(dataset, spec.Seed, spec.BatchSize, spec.Model.ContextLength, spec.GradientAccumulationSteps);
        var validator = new Validator(spec, state.Model, dataset);
        var trainingStep = new TrainingStep(spec, state.Model, state.Optimizer, sampler);
        using var meanAlone = Probes(s_none);
        using var everyStep = Probes(s_none with { NoiseIntervalSteps = 1 });
        var occasional = new (string Name, RunProbes Probes)[]
        {
            ("curvature", Probes(s_none with { CurvatureIntervalSteps = 1 })),
            ("spectrum", Probes(s_none with { SpectrumAtPhaseEnds = true })),
            ("conduction", Probes(s_none with { ConductionIntervalSteps = 1 })),
        };
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var step = WarmUpSteps;
        for (var round = 0; round < rounds; round++)
        {
            var (plain, mean, noise) = (new List<double>(), new List<double>(), new List<double>());
            for (var i = 0; i < StepsOfARound; i++)
            {
                plain.Add(Time(() => Step(null)));
                mean.Add(OwnTime(() => Step(meanAlone)));
                noise.Add(OwnTime(() => Step(everyStep)) - mean[^1]);
            }

            Tell("step", Median(plain));
            Tell("mean", Median(mean));
            Tell("noise", Median(noise));
            Tell("river", mean.Concat(noise).Max() - Median(mean));
            ValidationLosses? losses = null;
            Tell("validation", Time(() => losses = validator.Measure(() => false)));
            Tell("cold", Time(() => everyStep.MeasureCold(step, losses!, () => false)));
            foreach (var (name, probes) in occasional)
            {
                // The end of the warm-up: every cadence is due there.
                Tell(name, Time(() => probes.Measure(WarmUpSteps, () => false)));
            }
        }

        foreach (var (_, probes) in occasional)
        {
            probes.Dispose();
        }

        return times;

        RunProbes Probes(ProbeSpec probes) => new(spec, probes, state, sampler, validator, dataset, log);

        void Step(RunProbes? probes)
        {
            var result = trainingStep.Run(step, 3e-4, probes?.BeforeStep(step));
            probes?.AfterStep(step, 3e-4, result);
            step++;
        }

        // What the probes say that they took: a difference of whole steps would drown it in the noise of the machine.
        double OwnTime(Action work)
        {
            var before = state.ProbeSeconds;
            work();
            return (state.ProbeSeconds - before) * 1000;
        }

        void Tell(string name, double milliseconds)
        {
            times.TryAdd(name, []);
            times[name].Add(milliseconds);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
