using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Models;

/// <summary>The kernels of causal attention, at sizes that take each way through them, against the formula in single precision.</summary>
[Collection(Libtorch.Name)]
public sealed class CausalAttentionTests : IDisposable
{
    // Relative to the largest value: bfloat16 rounds weights, their gradients and results to 8 bits, and where the processor has no bfloat16
    // libtorch 1.13 also sums in it (measured on AVX2: 4.2 % at 160 terms); single precision sums in another order.
    private static readonly double s_halfTolerance = Processor.HasBFloat16 ? 1.2e-2 : 6e-2;

    private const double SingleTolerance = 1e-5;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly CausalAttention _attention = new();

    public CausalAttentionTests() => _ = manual_seed(5);

    public static TheoryData<ScalarType, long, long> Sizes => new()
    {
        { ScalarType.BFloat16, 32, 32 },
        { ScalarType.BFloat16, 96, 64 },
        { ScalarType.BFloat16, 160, 128 },
        { ScalarType.BFloat16, 32, 128 },
        { ScalarType.BFloat16, 37, 24 },
        { ScalarType.Float32, 64, 32 },
        { ScalarType.Float32, 37, 24 },
    };

    public void Dispose()
    {
        _attention.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Attention_OverSplitHeads_EqualsTheFormula(ScalarType type, long length, long width)
    {
        // As a model calls it: heads are views of one tensor (B, T, 3·H·D).
        const long Batch = 2, Heads = 3;
        var joined = randn(Batch, length, 3 * Heads * width).to(type).requires_grad_();
        var weights = randn(Batch, length, Heads * width).to(type);

        var found = Join(_attention.Attend(Head(joined, 0), Head(joined, 1), Head(joined, 2), 0));
        var gradient = autograd.grad([found], [joined], [weights])[0];

        var single = joined.detach().to(ScalarType.Float32).requires_grad_();
        var right = Join(Formula(Head(single, 0), Head(single, 1), Head(single, 2)));
        var rightGradient = autograd.grad([right], [single], [weights.to(ScalarType.Float32)])[0];
        Close(right, found, type);
        Close(rightGradient, gradient, type);

        Tensor Head(Tensor all, int part) => all.split(Heads * width, 2)[part].view(Batch, length, Heads, width).transpose(1, 2);
        Tensor Join(Tensor heads) => heads.transpose(1, 2).reshape(Batch, length, Heads * width);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    public void Attention_DifferentiatedTwice_EqualsTheFormula(ScalarType type)
    {
        Tensor[] inputs = [.. Enumerable.Range(0, 3).Select(_ => randn(1, 2, 32, 32).to(type).requires_grad_())];
        Tensor[] singles = [.. inputs.Select(input => input.detach().to(ScalarType.Float32).requires_grad_())];

        var found = Twice(inputs, _attention.Attend(inputs[0], inputs[1], inputs[2], 0));
        var right = Twice(singles, Formula(singles[0], singles[1], singles[2]));

        for (var i = 0; i < right.Count; i++)
        {
            Close(right[i], found[i], type);
        }

        static IList<Tensor> Twice(Tensor[] of, Tensor output)
        {
            var first = autograd.grad([output.square().sum()], of, retain_graph: true, create_graph: true);
            return autograd.grad([first.Select(gradient => gradient.square().sum()).Aggregate((a, b) => a + b)], of);
        }
    }

    [Fact]
    public void Attention_OfOneQuery_ReturnsItsValue()
    {
        var value = randn(1, 1, 1, 8);

        Assert.True(_attention.Attend(randn(1, 1, 1, 8), randn(1, 1, 1, 8), value, 0).allclose(value));
    }

    [Fact]
    public void Attention_OfHugeScores_StaysFinite()
    {
        var query = (ones(1, 1, 64, 32) * 100).to(ScalarType.BFloat16).requires_grad_();

        var result = _attention.Attend(query, query, query, 0);
        result.sum().backward();

        Assert.True(result.isfinite().all().ToBoolean());
        Assert.True(query.grad!.isfinite().all().ToBoolean());
    }

    [Fact]
    public void Dropout_OfWeights_KeepsTheMean()
    {
        var value = ones(1, 1, 200, 4);

        var dropped = _attention.Attend(zeros(1, 1, 200, 4), zeros(1, 1, 200, 4), value, dropout: 0.5);

        Assert.InRange(dropped.mean().ToDouble(), 0.9, 1.1);
        Assert.False(dropped.allclose(value));
    }

    private static Tensor Formula(Tensor query, Tensor key, Tensor value)
    {
        var length = query.shape[2];
        var scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(query.shape[3]);
        return scores.masked_fill(ones(length, length, ScalarType.Bool).triu(1), float.NegativeInfinity).softmax(-1).matmul(value);
    }

    private static void Close(Tensor right, Tensor found, ScalarType type)
    {
        var largest = right.abs().max().ToDouble();
        var error = (right - found.to(ScalarType.Float32)).abs().max().ToDouble();
        Assert.True(error <= (type == ScalarType.BFloat16 ? s_halfTolerance : SingleTolerance) * largest, $"Off by {error} of {largest}.");
    }
}
