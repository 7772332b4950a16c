using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Metrics;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Metrics;

public class MetricChunkCodecTests
{
    private const string Golden = "01040a02000200038001028080808608ffff7f818080ff17210100f0bf000000000800c00007eb75d6b6";

    private static readonly double[] s_hostile =
    [
        0.0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(0x7FF0_0000_0000_0001), BitConverter.Int64BitsToDouble(-1),
        double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, float.Epsilon, double.MaxValue, double.MinValue,
        float.MaxValue, float.MinValue, 1.0 / 3, 1f / 3, 3.25, -3.25, 1e-300, 2.2250738585072009e-308,
    ];

    private static readonly Gen<long> s_gap = Gen.Frequency(
        (6, Gen.Constant(1L)), (2, Gen.Choose(1, 300).Select(gap => (long)gap)), (1, Gen.Choose(1, int.MaxValue).Select(gap => gap * 4_000_000L)));

    private static readonly Gen<double> s_value = Gen.Frequency(
        (2, Gen.Elements(s_hostile)),
        (3, Gen.Choose(-4_000_000, 4_000_000).Select(n => (double)(n / 1_000_000f))),
        (1, ArbMap.Default.GeneratorFor<double>()));

    private static readonly Gen<MetricSeries> s_series =
        from count in Gen.Frequency((1, Gen.Choose(0, 5)), (4, Gen.Choose(0, 400)), (1, Gen.Choose(1000, MetricChunkCodec.MaximumPoints)))
        from gaps in s_gap.ArrayOf(count)
        from values in Gen.OneOf(s_value, Gen.Elements(s_hostile[15], 3.25)).ArrayOf(count)
        select new MetricSeries([.. Running(gaps)], values);

    [Fact]
    public void Decode_AnyEncodedPoints_ReturnsEveryBit() =>
        Prop.ForAll(s_series.ToArbitrary(), series => AssertSame(series, MetricChunkCodec.Decode(MetricChunkCodec.Encode(series))))
            .Check(Properties.Seeded(500));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(130)]
    [InlineData(1024)]
    public void Decode_CountAtABlockEdge_ReturnsEveryBit(int count)
    {
        var random = new Random(count);
        var series = new MetricSeries(
            [.. Enumerable.Range(0, count).Select(i => i * 7L)],
            [.. Enumerable.Range(0, count).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))]);

        AssertSame(series, MetricChunkCodec.Decode(MetricChunkCodec.Encode(series)));
    }

    [Fact]
    public void Decode_AnyByteAltered_Throws()
    {
        var chunk = MetricChunkCodec.Encode(NoisyLoss(200));

        for (var i = 0; i < chunk.Length; i++)
        {
            var altered = chunk.ToArray();
            altered[i] ^= 0x10;
            Assert.Throws<CorruptChunkException>(() => MetricChunkCodec.Decode(altered));
        }
    }

    [Fact]
    public void Decode_AnyLengthCut_Throws()
    {
        var chunk = MetricChunkCodec.Encode(NoisyLoss(50));

        for (var length = 0; length < chunk.Length; length++)
        {
            Assert.Throws<CorruptChunkException>(() => MetricChunkCodec.Decode(chunk.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Decode_RandomBytesUnderAValidChecksum_ThrowsOrReturnsASeries()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 20_000; trial++)
        {
            var bytes = new byte[random.Next(4, 60)];
            random.NextBytes(bytes);
            bytes[0] = 1;
            bytes[1] = (byte)(random.Next(3) * 4);
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), MetricChunkCodec.Crc32C(bytes.AsSpan(0, bytes.Length - 4)));

            var problem = Record.Exception(() => MetricChunkCodec.Decode(bytes));

            Assert.True(problem is null or CorruptChunkException, $"{problem}");
        }
    }

    [Fact]
    public void Decode_Version1Golden_ReadsAndWritesTheSameBytes()
    {
        var series = new MetricSeries([0, 1, 2, 3, 10], [3.5, 3.25, 3, double.NaN, -1]);

        var hex = Convert.ToHexStringLower(MetricChunkCodec.Encode(series));

        Assert.Equal(Golden, hex);
        AssertSame(series, MetricChunkCodec.Decode(Convert.FromHexString(Golden)));
    }

    [Fact]
    public void Encode_TooManyPoints_Throws()
    {
        var series = NoisyLoss(MetricChunkCodec.MaximumPoints + 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => MetricChunkCodec.Encode(series));
    }

    [Fact]
    public void Encode_NoisySinglePrecisionLoss_TakesLessThanThreeBytesAPoint()
    {
        var bytes = MetricChunkCodec.Encode(NoisyLoss(MetricChunkCodec.MaximumPoints)).Length;

        Assert.InRange(bytes / (double)MetricChunkCodec.MaximumPoints, 0.5, 3);
    }

    [Fact]
    public void Encode_CosineRateInDoublePrecision_TakesLessThanFiveBytesAPoint()
    {
        var steps = Enumerable.Range(2000, MetricChunkCodec.MaximumPoints).Select(i => (long)i).ToArray();
        var series = new MetricSeries(steps, [.. steps.Select(step => 1.5e-4 * (1 + Math.Cos(Math.PI * step / 10_000)))]);

        Assert.InRange(MetricChunkCodec.Encode(series).Length / (double)series.Count, 0.5, 5);
    }

    [Fact]
    public void Encode_ConstantAtEvenSteps_TakesAFewBytes()
    {
        var series = new MetricSeries(
            [.. Enumerable.Range(0, MetricChunkCodec.MaximumPoints).Select(i => 10L * i)], [.. Enumerable.Repeat(1.0 / 3, MetricChunkCodec.MaximumPoints)]);

        Assert.InRange(MetricChunkCodec.Encode(series).Length, 1, 64);
    }

    [Fact]
    public void Crc32C_CheckString_IsThePublishedValue() => Assert.Equal(0xE3069283u, MetricChunkCodec.Crc32C("123456789"u8));

    internal static MetricSeries NoisyLoss(int count)
    {
        var random = new Random(1);
        return new(
            [.. Enumerable.Range(0, count).Select(i => (long)i)],
            [.. Enumerable.Range(0, count).Select(i => (double)(float)(3.3 - 0.0002 * i + 0.08 * (random.NextDouble() + random.NextDouble() - 1)))]);
    }

    internal static void AssertSame(MetricSeries expected, MetricSeries actual)
    {
        Assert.Equal(expected.Steps.ToArray(), actual.Steps.ToArray());
        Assert.Equal(expected.Values.ToArray().Select(BitConverter.DoubleToInt64Bits), actual.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    private static IEnumerable<long> Running(long[] gaps)
    {
        var step = -1L;
        foreach (var gap in gaps)
        {
            yield return step += gap;
        }
    }
}
