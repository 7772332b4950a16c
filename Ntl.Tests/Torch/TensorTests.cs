using Ntl.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

[Collection(Libtorch.Name)]
public sealed class TensorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Tensor_FromArray_KeepsShapeTypeAndElements()
    {
        var matrix = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });

        Assert.Equal([2L, 3L], matrix.shape);
        Assert.Equal(ScalarType.Float32, matrix.dtype);
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], matrix.t().data<float>().ToArray());
    }

    [Fact]
    public void Backward_OfProduct_LeavesGradient()
    {
        var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);

        (x * x).sum().backward();

        Assert.Equal([2f, 4f, 6f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Grad_WithCreateGraph_CanBeDifferentiatedAgain()
    {
        var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);

        var first = autograd.grad([x.pow(3).sum()], [x], retain_graph: true, create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];

        Assert.Equal([3f, 12f, 27f], first.data<float>().ToArray());
        Assert.Equal([6f, 12f, 18f], second.data<float>().ToArray());
    }

    [Fact]
    public void Index_MixesNumbersRangesNewDimensionsAndTensors()
    {
        var cube = arange(24).reshape(2, 3, 4);

        Assert.Equal([6L], cube[0, 1, 2].reshape(1).data<long>().ToArray());
        Assert.Equal([1L, 2L, 4L], cube[TensorIndex.None, 1, ..2, TensorIndex.Ellipsis].shape);
        Assert.Equal([3L, 15L], cube[TensorIndex.Ellipsis, 0, 3].data<long>().ToArray());
        Assert.Equal([4L, 8L], cube[0, TensorIndex.Tensor(tensor(new[] { 1L, 2L })), 0].data<long>().ToArray());
    }
}
