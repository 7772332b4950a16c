using System.Runtime.InteropServices;
using Ntl.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

[Collection(Libtorch.Name)]
public sealed class DataTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(-3.39e38f, -3.3895314e38f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void BFloat16_RoundsToNearestEven(float value, float rounded)
    {
        Assert.Equal(rounded, new BFloat16(value).ToSingle());
        Assert.Equal(rounded, tensor(new[] { value }).to(ScalarType.BFloat16).item<BFloat16>().ToSingle());
    }

    [Fact]
    public void Item_OfAnotherType_Throws() => Assert.Throws<ArgumentException>(() => zeros(1).item<double>());

    [Fact]
    public void Item_OfManyElements_Throws() => Assert.Throws<ArgumentException>(() => zeros(2).item<float>());

    [Fact]
    public void Scalars_ReadAnyType()
    {
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(7L, tensor(7).ToInt64());
        Assert.True(tensor(true).ToBoolean());
        Assert.Equal(1.5f, (float)full(1, 1.5, ScalarType.BFloat16));
    }

    [Fact]
    public void Bytes_OfAView_AreThoseOfTheView()
    {
        var whole = arange(4, ScalarType.Int32);
        var part = whole.narrow(0, 1, 2);

        MemoryMarshal.Cast<byte, int>(part.bytes)[1] = 42;

        Assert.Equal([0, 1, 42, 3], whole.data<int>().ToArray());
    }

    [Fact]
    public void Bytes_OfATransposedTensor_Throw() => Assert.Throws<InvalidOperationException>(() => zeros(2, 3).t().bytes.Length);

    [Fact]
    public void Accessor_ReadsAndWritesThroughStrides()
    {
        var transposed = arange(6, ScalarType.Float32).reshape(2, 3).t();
        var accessor = transposed.data<float>();

        accessor[2, 0] = 20;

        Assert.Equal([0f, 3f, 1f, 4f, 20f, 5f], accessor.ToArray());
        Assert.Equal(20f, accessor[4]);
        Assert.Throws<IndexOutOfRangeException>(() => accessor[6]);
        Assert.Equal(6, accessor.Count);
    }

    [Fact]
    public void Accessor_OfNoElements_IsEmpty() => Assert.Empty(zeros(0).data<float>().ToArray());

    [Fact]
    public void Streams_CarryTheBytes()
    {
        var written = randn(3, 5);
        using var stream = new MemoryStream();
        written.WriteBytesToStream(stream);
        stream.Position = 0;

        var read = empty(3, 5);
        read.ReadBytesFromStream(stream);

        Assert.True(read.allclose(written, 0, 0));
        Assert.Throws<EndOfStreamException>(() => read.ReadBytesFromStream(stream));
    }

    [Fact]
    public void FromArray_ThatDoesNotFillTheShape_Throws() => Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2f, 3f }, [2, 2]));

    [Theory]
    [InlineData(ScalarType.Byte, 1)]
    [InlineData(ScalarType.Bool, 1)]
    [InlineData(ScalarType.Int16, 2)]
    [InlineData(ScalarType.BFloat16, 2)]
    [InlineData(ScalarType.Float16, 2)]
    [InlineData(ScalarType.Int32, 4)]
    [InlineData(ScalarType.Float32, 4)]
    [InlineData(ScalarType.Int64, 8)]
    [InlineData(ScalarType.Float64, 8)]
    public void Types_AreLibtorchs(ScalarType type, long elementSize)
    {
        var tensor = ones(3, type);

        Assert.Equal(type, tensor.dtype);
        Assert.Equal(elementSize, tensor.element_size());
        Assert.Equal(3.0, tensor.to(ScalarType.Float64).sum().ToDouble());
    }

    [Fact]
    public void ReadOfNothing_FromAMetaTensor_ThrowsLibtorchsMessage()
    {
        var error = Assert.Throws<ExternalException>(() => zeros([1], device: META).ToDouble());

        Assert.Contains("meta", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void IndexPut_WritesWhereTheIndicesChoose()
    {
        var matrix = zeros(3, 3);

        matrix[1] = ones(3);
        matrix[TensorIndex.Colon, 0] = tensor(7f);
        matrix[TensorIndex.Tensor(tensor(new[] { 0L, 2L })), 2] = tensor(new[] { 5f, 6f });

        Assert.Equal([7f, 0f, 5f, 7f, 1f, 1f, 7f, 0f, 6f], matrix.data<float>().ToArray());
    }
}
