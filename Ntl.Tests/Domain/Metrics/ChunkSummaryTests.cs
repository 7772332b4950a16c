using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Metrics;

namespace Ntl.Tests.Domain.Metrics;

public class ChunkSummaryTests
{
    [Fact]
    public void Decode_AnyEncodedSummary_ReturnsTheSameBins() => Prop.ForAll(
        Gen.Elements(0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.0 / 3, 0.25, -7, double.MaxValue, double.Epsilon)
            .ArrayOf().Where(values => values.Length > 0).ToArbitrary(),
        values =>
        {
            var summary = ChunkSummary.Of(Repeated(values));

            var decoded = ChunkSummary.Decode(summary.Encode());

            Assert.Equal(summary.Bins.AsEnumerable(), decoded.Bins);
            Assert.Equal(summary.Count, decoded.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_FullChunk_HasABinForEvery256Points()
    {
        var chunk = MetricChunkCodecTests.NoisyLoss(MetricChunkCodec.MaximumPoints);

        var summary = ChunkSummary.Of(chunk);

        Assert.Equal([256, 256, 256, 256], summary.Bins.Select(bin => bin.Count));
        Assert.Equal(chunk[256], summary.Bins[1].First);
        Assert.Equal(chunk[511], summary.Bins[1].Last);
        Assert.Equal(chunk.Values.Slice(256, 256).ToArray().Min(), summary.Bins[1].Minimum.Value);
        Assert.Equal(chunk.Values.Slice(256, 256).ToArray().Max(), summary.Bins[1].Maximum.Value);
    }

    [Fact]
    public void Of_MixedValues_CountsTheNonFiniteAndIgnoresThemInExtremes()
    {
        var summary = ChunkSummary.Of(MetricSeries.Of(new(3, double.NaN), new(5, 2), new(6, double.NegativeInfinity), new(9, 1), new(12, 1)));

        var bin = Assert.Single(summary.Bins);
        Assert.Equal(new MetricBin(new(3, double.NaN), new(12, 1), new(9, 1), new(5, 2), 5, 2), bin);
    }

    [Fact]
    public void Of_NothingFinite_HasNaNExtremesAtTheFirstStep()
    {
        var bin = Assert.Single(ChunkSummary.Of(MetricSeries.Of(new(3, double.NaN), new(5, double.PositiveInfinity))).Bins);

        Assert.False(bin.HasFinite);
        Assert.Equal(new(3, double.NaN), bin.Minimum);
        Assert.Equal(new(3, double.NaN), bin.Maximum);
    }

    [Fact]
    public void With_NeighbourBins_IsTheBinOfAllTheirPoints() => Prop.ForAll(
        Gen.Elements(double.NaN, double.PositiveInfinity, 1, 2, 3, 4).ArrayOf().Where(values => values.Length > 1).ToArbitrary(),
        values =>
        {
            var series = Repeated(values);
            for (var cut = 1; cut < series.Count; cut += 37)
            {
                var early = MetricBin.Of(series.Steps[..cut], series.Values[..cut]);
                var late = MetricBin.Of(series.Steps[cut..], series.Values[cut..]);

                Assert.Equal(MetricBin.Of(series.Steps, series.Values), early.With(late));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_SinglePrecisionChunk_PointsAndSummaryTakeLessThanThreeBytesAPoint()
    {
        var chunk = MetricChunkCodecTests.NoisyLoss(MetricChunkCodec.MaximumPoints);

        var bytes = MetricChunkCodec.Encode(chunk).Length + ChunkSummary.Of(chunk).Encode().Length;

        Assert.InRange(bytes / (double)chunk.Count, 0.5, 3);
    }

    [Fact]
    public void Decode_AnyByteAltered_Throws()
    {
        var bytes = ChunkSummary.Of(MetricChunkCodecTests.NoisyLoss(700)).Encode();

        for (var i = 0; i < bytes.Length; i++)
        {
            var altered = bytes.ToArray();
            altered[i] ^= 1;
            Assert.Throws<CorruptChunkException>(() => ChunkSummary.Decode(altered));
        }
    }

    [Fact]
    public void Decode_Version1Golden_ReadsAndWritesTheSameBytes()
    {
        const string Golden = "0104020602060606040000c0ff0000003f0000003f0000004041c6ce10";
        var summary = ChunkSummary.Of(MetricSeries.Of(new(3, double.NaN), new(5, 2), new(6, 0.5)));

        Assert.Equal(Golden, Convert.ToHexStringLower(summary.Encode()));
        Assert.Equal(summary.Bins.AsEnumerable(), ChunkSummary.Decode(Convert.FromHexString(Golden)).Bins);
    }

    // 600 points, so that there are three bins.
    private static MetricSeries Repeated(double[] values) => new(
        [.. Enumerable.Range(0, 600).Select(i => i * 3L)], [.. Enumerable.Range(0, 600).Select(i => values[i * 7 % values.Length])]);
}
