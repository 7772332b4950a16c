using Ntl.Domain.Runs;
using Ntl.Tests.Golden;
using Ntl.Tests.Support;
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
