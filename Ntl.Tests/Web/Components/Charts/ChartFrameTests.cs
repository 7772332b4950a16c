using System.Buffers.Binary;
using Ntl.Web.Components.Charts;

namespace Ntl.Tests.Web.Components.Charts;

public sealed class ChartFrameTests
{
    [Fact]
    public void Encode_SmoothedPointsOnAnotherAxis_LaysOutEveryColumn()
    {
        var bytes = ChartFrame.Encode([new(3, [7, 9], [0.5, 0.75], [double.NaN, 2.25], [1.5, 1.75], TotalPoints: 100_000, RewindToStep: 6)]);

        Assert.Equal(4 + 32 + (2 * (8 + 8 + 4 + 4)), bytes.Length);
        Assert.Equal(1u, UInt32(bytes, 0));
        Assert.Equal(3u, UInt32(bytes, 4));
        Assert.Equal(2u, UInt32(bytes, 8));
        Assert.Equal(3u, UInt32(bytes, 12));
        Assert.Equal(100_000, Real(bytes, 20));
        Assert.Equal(6, Real(bytes, 28));
        Assert.Equal((7, 9), (Real(bytes, 36), Real(bytes, 44)));
        Assert.Equal((0.5, 0.75), (Real(bytes, 52), Real(bytes, 60)));
        Assert.Equal((float.NaN, 2.25f), (Single(bytes, 68), Single(bytes, 72)));
        Assert.Equal((1.5f, 1.75f), (Single(bytes, 76), Single(bytes, 80)));
    }

    [Fact]
    public void Encode_AgainstStepsUnsmoothed_SendsTwelveBytesAPoint()
    {
        var bytes = ChartFrame.Encode([new(0, [.. Enumerable.Range(0, 1000)], null, new double[1000], null, 1000)]);

        Assert.Equal(4 + 32 + 12_000, bytes.Length);
        Assert.Equal(0u, UInt32(bytes, 12));
        Assert.True(double.IsNaN(Real(bytes, 28)));
    }

    [Fact]
    public void Encode_Nothing_IsAnEmptyFrame() => Assert.Equal([0, 0, 0, 0], ChartFrame.Encode([]));

    private static uint UInt32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static double Real(byte[] bytes, int at) => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at));

    private static float Single(byte[] bytes, int at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));
}
