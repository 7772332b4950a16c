using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Training.Data;
using Ntl.Training.Engine;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using static TorchSharp.torch;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train bench-step</c>: times training steps, for <c>./bench.sh training</c>.</summary>
internal static class BenchStepCommand
{
    private const int WarmupSteps = 3;

    public static Command Create()
    {
        Option<string> preset = new("--model") { Description = "Model preset.", DefaultValueFactory = _ => "micro" };
        Option<Precision> precision = new("--precision") { Description = "float32 or bfloat16.", DefaultValueFactory = _ => Precision.BFloat16 };
        Option<int> batchSize = new("--batch") { Description = "Sequences a step.", DefaultValueFactory = _ => 16 };
        Option<int> steps = new("--steps") { Description = "Steps to time.", DefaultValueFactory = _ => 10 };
        Option<string> device = new("--device") { Description = "cpu, or cuda:0 and so on.", DefaultValueFactory = _ => "cpu" };
        Option<int?> context = new("--context") { Description = "Context length, where not the preset's." };
        Option<string?> weights = new("--save-weights") { Description = "Where to write the initial weights (safetensors), for a peer to begin with." };
        Option<bool> losses = new("--losses") { Description = "Print every step's loss." };
        Command command = new("bench-step", "Times training steps and prints one line of JSON.") { preset, precision, batchSize, steps, ThreadOption.Threads, device, context, weights, losses };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var threads = ThreadOption.Apply(parsed);
            var model = ModelPreset.Find(parsed.GetValue(preset)) ?? throw new ArgumentException($"There is no preset '{parsed.GetValue(preset)}'.", nameof(parsed));
            var spec = new RunSpec
            {
                Name = "bench",
                Model = parsed.GetValue(context) is { } length ? model.Model with { ContextLength = length } : model.Model,
                Dataset = BuiltInCorpus.StateOfTheUnion,
                Schedule = new ScheduleSpec(new ConstantRate(1_000_000, 3e-4)),
                BatchSize = parsed.GetValue(batchSize),
                Precision = parsed.GetValue(precision),
                Device = parsed.GetValue(device)!,
            };
            RunThreads.Set(spec, kept: null, threads);
            parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(Measure(spec, parsed.GetValue(steps), parsed.GetValue(weights), parsed.GetValue(losses))));
            return 0;
        });
        return command;
    }

    private static Dictionary<string, object> Measure(RunSpec spec, int steps, string? weightsPath, bool tellLosses)
    {
        using var scope = NewDisposeScope();
        using var arena = new ParameterArena(new ParameterLayout(spec.Model), spec.Precision, Devices.Require(spec.Device));
        GptInitializer.Initialize(arena, spec.Seed);
        if (weightsPath is not null)
        {
            using var file = File.Create(weightsPath);
            GptWeights.Write(file, arena);
        }

        using var model = new Gpt(arena);
        using var optimizer = ArenaOptimizer.Create(spec.Optimizer, arena);
        using var dataset = TokenDataset.Open(spec.Dataset, spec.Model);
        var step = new TrainingStep(spec, model, optimizer, new BatchSampler(dataset, spec.Seed, spec.BatchSize, spec.Model.ContextLength, 1));
        var times = new List<double>();
        var losses = new List<double>();
        for (var i = 0; i < WarmupSteps + steps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            losses.Add(step.Run(i, spec.Schedule.LearningRate(i)).Loss);
            if (i >= WarmupSteps)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        var median = times[times.Count / 2];
        var result = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["median_ms"] = Math.Round(median, 2),
            ["minimum_ms"] = Math.Round(times[0], 2),
            ["tokens_per_second"] = Math.Round(spec.TokensPerStep / median * 1000),
            ["threads"] = get_num_threads(),
            ["last_loss"] = losses[^1],
        };
        if (tellLosses)
        {
            result["losses"] = losses;
        }

        return result;
    }

}
