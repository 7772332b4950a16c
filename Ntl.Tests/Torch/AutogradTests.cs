using System.Runtime.InteropServices;
using Ntl.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

[Collection(Libtorch.Name)]
public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void NoGrad_StopsRecording_UntilDisposed()
    {
        var x = ones(1, requires_grad: true);

        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Backward_Twice_WithoutRetainingTheGraph_ThrowsLibtorchsMessage()
    {
        var x = ones(1, requires_grad: true);
        var y = x.exp().sum();
        y.backward();

        var error = Assert.Throws<ExternalException>(() => y.backward());

        Assert.Contains("second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grad_OfUnusedInput_IsInvalidWhereAllowed()
    {
        var used = ones(1, requires_grad: true);
        var unused = ones(1, requires_grad: true);

        var gradients = autograd.grad([used.exp().sum()], [used, unused], allow_unused: true);

        Assert.False(gradients[0].IsInvalid);
        Assert.True(gradients[1].IsInvalid);
    }

    [Fact]
    public void Grad_SetToAViewOfAFlatArena_AccumulatesThere()
    {
        var arena = zeros(5);
        var first = ones(2, requires_grad: true);
        var second = ones(3, requires_grad: true);
        first.grad = arena.narrow(0, 0, 2);
        second.grad = arena.narrow(0, 2, 3);

        (first.sum() + (second * 3).sum()).backward();
        second.sum().backward();

        Assert.Equal([1f, 1f, 4f, 4f, 4f], arena.data<float>().ToArray());
    }

    [Fact]
    public void Views_OfADetachedArena_AreLeavesThatFollowIt()
    {
        var arena = zeros(4);
        var part = arena.narrow(0, 1, 2).detach().requires_grad_();

        Assert.True(part.is_leaf);
        _ = arena.fill_(3);

        Assert.Equal(6f, part.sum().ToSingle());
    }

    [Fact]
    public void InPlace_OnALeafThatIsRecorded_ThrowsLibtorchsMessage()
    {
        var x = ones(1, requires_grad: true);

        Assert.Contains("leaf", Assert.Throws<ExternalException>(() => x.add_(1)).Message, StringComparison.Ordinal);
    }
}
