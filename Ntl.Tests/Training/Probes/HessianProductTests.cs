using Ntl.Domain.Runs;
using Ntl.Tests.Golden;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

[Collection(Libtorch.Name)]
public sealed class HessianProductTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Times_ASmallNet_IsItsDenseHessianTimesTheVector()
    {
        using var net = new SmallNet(4);
        using var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count);
        using var random = new Generator(5);
        var vector = empty(SmallNet.Count).normal_(0, 1, random);

        var found = product.Times(vector);

        var dense = tensor(net.Hessian().Cast<double>().Select(value => (float)value).ToArray()).view(SmallNet.Count, SmallNet.Count);
        GptGolden.AssertClose(dense.mv(vector), found, 1e-5, "The product");
        Assert.Equal(net.Loss().ToDouble(), product.Loss, 1e-6);
    }

    [Fact]
    public void Times_ALossWithALinearPart_TakesItsCurvatureForZero()
    {
        using var curved = ones(2).requires_grad_();
        using var linear = ones(3).requires_grad_();
        using var product = new HessianProduct(() => (curved.square().sum() * 3) + linear.sum(), [(linear, 2), (curved, 0)], 5);

        Assert.Equal([6f, 12f, 0f, 0f, 0f], product.Times(tensor(new[] { 1f, 2f, 3f, 4f, 5f })).data<float>().ToArray());
    }

    /// <summary>Every operation of a GPT, attention and tied embeddings included, against differences of its gradient.</summary>
    [Fact]
    public void Times_AGpt_IsTheChangeOfItsGradient()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var model = new Gpt(arena);
        var (tokens, targets) = GptGolden.Batch();
        using var random = new Generator(6);
        var vector = empty(arena.Layout.Count).normal_(0, 1, random);

        // A power of two for a step: the weights come back to the bit, and the difference of gradients has an error of 1e-7/1e-3.
        const double Step = 1.0 / 1024;
        var ahead = GradientAt(Step);
        var behind = GradientAt(-Step);
        using var product = new HessianProduct(() => model.Loss(tokens, targets), arena.Leaves, arena.Layout.Count);
        var found = product.Times(vector);

        GptGolden.AssertClose((ahead - behind) / (2 * Step), found, 2e-3, "The product");

        Tensor GradientAt(double step)
        {
            using var _ = no_grad();
            var kept = arena.Master.clone();
            arena.Master.add_(vector, alpha: step);
            using (enable_grad())
            {
                arena.AccumulateGradient(model.Loss(tokens, targets), replace: true);
            }

            arena.Master.copy_(kept);
            return arena.Gradient.clone();
        }
    }

    [Fact]
    public void Times_AGptInBFloat16_FollowsThe32BitOne()
    {
        var exact = Of(Precision.Float32);
        var half = Of(Precision.BFloat16);

        // Eight bits of mantissa, through two derivatives: the direction and the length stand, single elements do not.
        var cosine = (exact.dot(half) / (exact.norm() * half.norm())).ToDouble();
        Assert.InRange(cosine, 0.99, 1.0001);
        Assert.Equal(1, (half.norm() / exact.norm()).ToDouble(), 0.05);

        static Tensor Of(Precision precision)
        {
            using var arena = GptGolden.InitialArena(precision);
            using var model = new Gpt(arena);
            var (tokens, targets) = GptGolden.Batch();
            using var product = new HessianProduct(() => model.Loss(tokens, targets), arena.Leaves, arena.Layout.Count);
            using var random = new Generator(6);
            return product.Times(empty(arena.Layout.Count).normal_(0, 1, random));
        }
    }

    [Fact]
    public void Times_ManyTimes_LeavesNoTensorBehind()
    {
        using var net = new SmallNet(4);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count))
        {
            for (var i = 0; i < 5; i++)
            {
                using var scope = NewDisposeScope();
                product.Times(ones(SmallNet.Count));
            }
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
