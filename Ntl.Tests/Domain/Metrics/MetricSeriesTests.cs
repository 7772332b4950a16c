using Ntl.Domain.Metrics;

namespace Ntl.Tests.Domain.Metrics;

public class MetricSeriesTests
{
    [Theory]
    [InlineData(new long[] { 1, 1 })]
    [InlineData(new long[] { 2, 1 })]
    [InlineData(new long[] { -1, 1 })]
    public void Constructor_StepsDoNotRise_Throws(long[] steps) =>
        Assert.Throws<ArgumentException>(() => new MetricSeries(steps, new double[steps.Length]));

    [Fact]
    public void Constructor_ColumnsOfDifferentLength_Throws() =>
        Assert.Throws<ArgumentException>(() => new MetricSeries([1, 2], [1]));

    [Theory]
    [InlineData(0, 100, 0, 3)]
    [InlineData(10, 20, 0, 1)]
    [InlineData(11, 31, 1, 2)]
    [InlineData(11, 20, 1, 0)]
    [InlineData(40, 50, 3, 0)]
    [InlineData(30, 10, 2, 0)]
    public void Window_Steps_TakesFirstNotEnd(long first, long end, int start, int count)
    {
        var series = MetricSeries.Of(new(10, 1), new(20, 2), new(30, 3));

        Assert.Equal(series.Slice(start, count).Steps.ToArray(), series.Window(first, end).Steps.ToArray());
    }

    [Fact]
    public void Append_ChunksOfAGrowingSeries_AllFullButTheLast()
    {
        var series = MetricChunkCodecTests.NoisyLoss(3000);
        var chunks = new List<MetricSeries> { MetricSeries.Empty };
        for (var start = 0; start < series.Count; start += 170)
        {
            var tail = chunks[^1];
            chunks.RemoveAt(chunks.Count - 1);
            chunks.AddRange(MetricChunks.Append(tail, series.Slice(start, Math.Min(170, series.Count - start))));
        }

        Assert.Equal([1024, 1024, 952], chunks.Select(chunk => chunk.Count));
        MetricChunkCodecTests.AssertSame(series, chunks.Aggregate((all, chunk) => all.Append(chunk)));
    }

    [Fact]
    public void Append_NotLater_Throws() =>
        Assert.Throws<ArgumentException>(() => MetricSeries.Of(new MetricPoint(5, 1)).Append(MetricSeries.Of(new MetricPoint(5, 2))));
}
