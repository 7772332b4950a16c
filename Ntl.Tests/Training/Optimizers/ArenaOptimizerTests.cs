using Ntl.Domain.Runs;
using Ntl.Tests.Golden;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Optimizers;

/// <summary>Update rules against PyTorch's (Golden/gpt.py), over known gradients.</summary>
[Collection(Libtorch.Name)]
public class ArenaOptimizerTests
{
    private const double Tolerance = 1e-6;
    private const int UpdateCount = 4;

    [Theory]
    [InlineData(OptimizerKind.AdamW, "adamw")]
    [InlineData(OptimizerKind.Sgd, "sgd")]
    [InlineData(OptimizerKind.Lion, "lion")]
    public void Step_KnownGradients_GivesPyTorchsWeights(OptimizerKind kind, string golden)
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var optimizer = ArenaOptimizer.Create(new OptimizerSpec { Kind = kind }, arena);
        GptGolden.ReadInto(arena, "gradient", name => GptGolden.GradientView(arena, name));
        var gradient = arena.Gradient.clone();

        for (var update = 0; update < UpdateCount; update++)
        {
            arena.Gradient.copy_(gradient * ((1 + (0.1 * update)) * (update % 2 == 0 ? 1 : -1)));
            optimizer.Step(GptGolden.LearningRate, gradientScale: 1);
        }

        var actual = arena.Master.clone();
        GptGolden.ReadInto(arena, golden, arena.View);
        GptGolden.AssertClose(arena.Master, actual, Tolerance, "The weights");
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Lion)]
    public void Step_InMemory_IsTheStepByTensorOperations(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        var byTensors = WeightsAfterUpdates(kind, usesTensors: true, threads: 1);

        GptGolden.AssertClose(byTensors, WeightsAfterUpdates(kind, usesTensors: false, threads: 1), Tolerance, "The weights");
    }

    [Fact]
    public void Step_InMemory_DoesNotDependOnTheThreads()
    {
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        try
        {
            var one = WeightsAfterUpdates(OptimizerKind.AdamW, usesTensors: false, threads: 1);

            Assert.Equal(one.data<float>().ToArray(), WeightsAfterUpdates(OptimizerKind.AdamW, usesTensors: false, threads: 3).data<float>().ToArray());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Lion)]
    public void Step_ScaledGradient_IsThatOfTheGradientScaledBefore(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        var scaledInside = WeightsAfterStep(kind, before: 1, inside: 0.25);
        var scaledBefore = WeightsAfterStep(kind, before: 0.25, inside: 1);

        GptGolden.AssertClose(scaledBefore, scaledInside, Tolerance, "The weights");
    }

    [Fact]
    public void Step_ZeroGradient_DecaysMatricesAndEmbeddingsOnly()
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(Precision.Float32);
        var before = arena.Master.clone();
        using var optimizer = ArenaOptimizer.Create(new OptimizerSpec { WeightDecay = 0.5 }, arena);

        optimizer.Step(learningRate: 0.1, gradientScale: 1);

        var ratio = (arena.Master / before).data<float>().ToArray();
        foreach (var parameter in arena.Layout.Parameters)
        {
            Assert.Equal(parameter.Shape.Count == 2 ? 0.95 : 1, ratio[parameter.Offset], 1e-6);
            Assert.Equal(parameter.Shape.Count == 2 ? 0.95 : 1, ratio[parameter.Offset + parameter.Count - 1], 1e-6);
        }
    }

    // A model of several pieces, with a gradient of no order and zeros in it.
    private static Tensor WeightsAfterUpdates(OptimizerKind kind, bool usesTensors, int threads)
    {
        set_num_threads(threads);
        using var arena = new ParameterArena(new ParameterLayout(ModelPreset.Find("micro")!.Model), Precision.Float32, CPU);
        GptInitializer.Initialize(arena, 7);
        using var optimizer = ArenaOptimizer.Create(new OptimizerSpec { Kind = kind }, arena);
        optimizer.UsesTensors = usesTensors;
        using var random = new Generator(11);
        for (var update = 0; update < UpdateCount; update++)
        {
            arena.Gradient.copy_(nn.functional.relu(empty(arena.Layout.Count).normal_(0, 1, random)) - 0.5);
            optimizer.Step(1e-2, gradientScale: 0.5);
        }

        return arena.Master.clone();
    }

    private static Tensor WeightsAfterStep(OptimizerKind kind, double before, double inside)
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var optimizer = ArenaOptimizer.Create(new OptimizerSpec { Kind = kind }, arena);
        GptGolden.ReadInto(arena, "gradient", name => GptGolden.GradientView(arena, name));
        arena.Gradient.mul_(before);
        optimizer.Step(GptGolden.LearningRate, inside);
        return arena.Master.clone();
    }
}
