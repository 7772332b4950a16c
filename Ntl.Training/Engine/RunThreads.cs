using Ntl.Domain.Runs;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using Ntl.Training.Tuning;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>The threads of a run's operators. The count belongs to the run: sums in another number of threads differ in their last bits.</summary>
internal static class RunThreads
{
    // Operations of a step, about 0.2 s of one core, above which a second thread always pays.
    private const double LargestTrial = 2e10;

    /// <summary>Sets them.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="kept">The count that the run had before; null for a new one.</param>
    /// <param name="wanted">The count that a person asked for; null where the choice is free.</param>
    public static void Set(RunSpec spec, int? kept, int? wanted)
    {
        if ((kept ?? wanted) is { } count)
        {
            set_num_threads(count);
            return;
        }

        var layout = new ParameterLayout(spec.Model);
        var operations = 6.0 * layout.Count * spec.BatchSize * spec.Model.ContextLength; // Kaplan et al. 2020, arXiv:2001.08361, equation 2.2
        var device = Devices.Require(spec.Device);
        set_num_threads(device.type == TorchSharp.DeviceType.CPU && operations < LargestTrial
            ? Trial(spec, layout, device)
            : Processors.PhysicalCoreCount());
    }

    // On weights and tokens of its own, so that nothing of the run is touched.
    private static int Trial(RunSpec spec, ParameterLayout layout, Device device)
    {
        using var scope = NewDisposeScope();
        using var arena = new ParameterArena(layout, spec.Precision, device);
        GptInitializer.Initialize(arena, spec.Seed);
        using var model = new Gpt(arena);
        using var optimizer = ArenaOptimizer.Create(spec.Optimizer, arena);
        var tokens = tensor(
            [.. Enumerable.Range(0, spec.BatchSize * spec.Model.ContextLength).Select(i => (long)i * 7919 % spec.Model.VocabularySize)],
            [spec.BatchSize, spec.Model.ContextLength]);
        return new ThreadChoice($"{spec.Model}, batch {spec.BatchSize}, {spec.Precision}, {spec.Optimizer.Kind}", ThreadChoice.DefaultFolder).Choose(() =>
        {
            using var step = NewDisposeScope();
            arena.AccumulateGradient(model.Loss(tokens, tokens), replace: true);
            optimizer.Step(learningRate: 0, gradientScale: 1);
            arena.CastWeights();
        });
    }
}
