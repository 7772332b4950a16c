using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using static TorchSharp.torch;

namespace Ntl.Tests.Golden;

/// <summary>A tiny GPT-2 against PyTorch (gpt.py), in 32 bits; and bfloat16 against that.</summary>
[Collection(Libtorch.Name)]
public class GptGoldenTests
{
    // Sums of up to 64 products of 32-bit numbers in another order; ten steps let the difference grow.
    private const double Tolerance = 2e-6;
    private const double TrainedTolerance = 2e-5;

    // bfloat16 has 8 bits of mantissa: 2⁻⁹ relative a rounding, some ten roundings a path.
    private const double HalfTolerance = 0.03;

    [Fact]
    public void Logits_InitialWeights_EqualPyTorch()
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var model = new Gpt(arena);

        var logits = model.Logits(GptGolden.Batch().Tokens);

        GptGolden.AssertClose(GptGolden.Read("logits", 24, 32), logits, Tolerance, "The logits");
    }

    [Fact]
    public void Logits_InBFloat16_AreClose()
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(Precision.BFloat16);
        using var model = new Gpt(arena);

        var logits = model.Logits(GptGolden.Batch().Tokens).to(ScalarType.Float32);

        GptGolden.AssertClose(GptGolden.Read("logits", 24, 32), logits, HalfTolerance, "The logits");
    }

    [Theory]
    [InlineData(Precision.Float32, 5e-6)]
    [InlineData(Precision.BFloat16, 0.05)]
    public void Gradients_InitialWeights_EqualPyTorch(Precision precision, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(precision);
        using var model = new Gpt(arena);
        var (tokens, targets) = GptGolden.Batch();

        arena.AccumulateGradient(model.Loss(tokens, targets), replace: true);

        var actual = arena.Gradient.clone();
        GptGolden.ReadInto(arena, "gradient", name => GptGolden.GradientView(arena, name));
        foreach (var parameter in arena.Layout.Parameters)
        {
            GptGolden.AssertClose(
                arena.Gradient.narrow(0, parameter.Offset, parameter.Count), actual.narrow(0, parameter.Offset, parameter.Count), tolerance, parameter.Name);
        }
    }

    [Fact]
    public void Gradient_AddedTwice_IsTwice()
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(Precision.BFloat16);
        using var model = new Gpt(arena);
        var (tokens, targets) = GptGolden.Batch();

        arena.AccumulateGradient(model.Loss(tokens, targets), replace: true);
        var once = arena.Gradient.clone();
        arena.AccumulateGradient(model.Loss(tokens, targets), replace: false);

        GptGolden.AssertClose(once * 2, arena.Gradient, 0, "The gradient");
    }

    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.BFloat16, 0.02)]
    public void TenSteps_AdamW_GivePyTorchsLosses(Precision precision, double toleranceNats)
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(precision);
        using var model = new Gpt(arena);
        using var optimizer = ArenaOptimizer.Create(new OptimizerSpec(), arena);
        var (tokens, targets) = GptGolden.Batch();
        var expected = GptGolden.Read("losses", GptGolden.StepCount).data<float>().ToArray();
        var norms = GptGolden.Read("norms", GptGolden.StepCount).data<float>().ToArray();

        for (var step = 0; step < GptGolden.StepCount; step++)
        {
            using var stepScope = NewDisposeScope();
            var loss = model.Loss(tokens, targets);
            arena.AccumulateGradient(loss, replace: true);
            var norm = arena.Gradient.norm().item<float>();
            optimizer.Step(GptGolden.LearningRate, Math.Min(1, 1 / (norm + 1e-6)));
            arena.CastWeights();

            Assert.Equal(expected[step], loss.item<float>(), toleranceNats);
            Assert.Equal(norms[step], norm, 10 * toleranceNats);
        }

        if (precision == Precision.Float32)
        {
            AssertTrained(arena);
        }
    }

    private static void AssertTrained(ParameterArena arena)
    {
        var trained = arena.Master.clone();
        GptGolden.ReadInto(arena, "trained", arena.View);
        foreach (var parameter in arena.Layout.Parameters)
        {
            // A key's bias moves all scores of a query alike, so its gradient is zero but for rounding, which AdamW blows up to a full step.
            var parts = parameter.Name.EndsWith("c_attn.bias", StringComparison.Ordinal)
                ? new[] { (0, parameter.Count / 3), (2 * parameter.Count / 3, parameter.Count / 3) }
                : [(0, parameter.Count)];
            foreach (var (start, count) in parts)
            {
                GptGolden.AssertClose(
                    arena.Master.narrow(0, parameter.Offset + start, count), trained.narrow(0, parameter.Offset + start, count), TrainedTolerance, parameter.Name);
            }
        }
    }
}
