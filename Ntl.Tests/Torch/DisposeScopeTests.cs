using Ntl.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

[Collection(Libtorch.Name)]
public sealed class DisposeScopeTests
{
    [Fact]
    public void Scope_WhenDisposed_DisposesWhatWasMadeInIt()
    {
        Tensor made;
        using (NewDisposeScope())
        {
            made = zeros(2);
        }

        Assert.True(made.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => made.Handle);
    }

    [Fact]
    public void MoveToOuter_FromNestedScope_LivesUntilTheOuterEnds()
    {
        Tensor moved, left;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                left = zeros(2);
                moved = ones(2).MoveToOuterDisposeScope();
            }

            Assert.True(left.IsInvalid);
            Assert.True(outer.Contains(moved));
            Assert.False(moved.IsInvalid);
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Detach_FromScope_LeavesTheTensorToItsHolder()
    {
        Tensor detached;
        using (var scope = NewDisposeScope())
        {
            detached = scope.Detach(ones(2));
            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.Equal(2f, detached.sum().ToSingle());
        detached.Dispose();
    }

    [Fact]
    public void MoveToOuter_WithoutOuterScope_Detaches()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            moved = ones(2).MoveToOuterDisposeScope();
        }

        Assert.False(moved.IsInvalid);
        moved.Dispose();
    }

    [Fact]
    public void DisposeEverythingBut_KeepsWhatItIsTold()
    {
        using var scope = NewDisposeScope();
        var kept = zeros(2);
        var dropped = zeros(2);

        scope.DisposeEverythingBut(kept);

        Assert.False(kept.IsInvalid);
        Assert.True(dropped.IsInvalid);
        Assert.True(scope.Contains(kept));
    }

    [Fact]
    public void Scopes_DisposedOutOfOrder_LeaveTheChainWhole()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();

        outer.Dispose();

        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.NotSame(outer, CurrentDisposeScope);
    }

    [Fact]
    public void Scope_OnceDisposed_Refuses()
    {
        var scope = NewDisposeScope();
        scope.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
        scope.Dispose();
    }

    [Fact]
    public void LiveCount_AfterForwardBackwardAndUpdateInAScope_IsWhatItWas()
    {
        using var weight = nn.Parameter(randn(4, 4).DetachFromDisposeScope());
        Step(weight);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var step = 0; step < 20; step++)
        {
            Step(weight);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        weight.grad?.Dispose();
    }

    [Fact]
    public void LiveCount_CountsEachTensorOnce()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var one = zeros(1);
        var (values, indexes) = one.reshape(1, 1).max(1);

        Assert.Equal(before + 4, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        one.Dispose();
        one.Dispose();
        values.Dispose();
        indexes.Dispose();
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Parameter_TakesItsTensorsPlaceInTheScope()
    {
        using var scope = NewDisposeScope();
        var data = zeros(3);

        var parameter = new TorchSharp.Modules.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.Equal(1, scope.DisposablesCount);
    }

    private static void Step(Tensor weight)
    {
        using var scope = NewDisposeScope();
        var loss = nn.functional.gelu(randn(3, 4).matmul(weight)).square().mean();
        loss.backward();
        using var withoutGraph = no_grad();
        var gradient = weight.grad!;
        _ = weight.sub_(gradient * 0.1);
        _ = gradient.zero_();
        _ = loss.ToSingle();
    }
}
