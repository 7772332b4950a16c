using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Metrics;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Metrics;

public class SeriesReducerTests
{
    private static readonly Gen<double> s_value = Gen.Frequency(
        (20, Gen.Choose(-1000, 1000).Select(n => n / 8.0)),
        (1, Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -1e300)));

    private static readonly Gen<MetricSeries> s_series =
        from count in Gen.Frequency((1, Gen.Choose(1, 20)), (2, Gen.Choose(20, 1500)), (3, Gen.Choose(1500, 6000)))
        from gaps in Gen.Frequency((5, Gen.Constant(1)), (1, Gen.Choose(1, 50))).ArrayOf(count)
        from values in s_value.ArrayOf(count)
        select Series(gaps, values);

    private static readonly Arbitrary<(MetricSeries Series, int First, int Length, int Budget)> s_windows = (
        from series in s_series
        from first in Gen.Choose(0, series.Count - 1)
        from length in Gen.OneOf(Gen.Choose(1, series.Count), Gen.Constant(series.Count))
        from budget in Gen.Choose(8, 1200)
        select (series, first, length, budget)).ToArbitrary();

    [Fact]
    public void Reduce_AnyWindow_KeepsMinimumMaximumAndEndsWithinTheBudget() => Check(sample =>
    {
        var (part, chunks, expected) = Cut(sample.Series, sample.First, sample.Length);

        var reduced = SeriesReducer.Plan([part], sample.Budget).Reduce(place => chunks[place.Chunk]);

        var finite = expected.Values.ToArray().Where(double.IsFinite).ToArray();
        var shown = reduced.Values.Where(double.IsFinite).ToArray();
        Assert.InRange(reduced.ShownCount, 1, sample.Budget);
        Assert.Equal(expected.Count, reduced.TotalCount);
        Assert.Equal(expected.Count - finite.Length, reduced.NonFiniteCount);
        Assert.Equal(finite.DefaultIfEmpty().Min(), shown.DefaultIfEmpty().Min());
        Assert.Equal(finite.DefaultIfEmpty().Max(), shown.DefaultIfEmpty().Max());
        Assert.Equal(expected[0], new(reduced.Steps[0], reduced.Values[0]));
        Assert.Equal(expected[^1], new(reduced.Steps[^1], reduced.Values[^1]));
    });

    [Fact]
    public void Reduce_AnyWindow_ShowsEveryBinsExtremesInStepOrder() => Check(sample =>
    {
        var (part, chunks, expected) = Cut(sample.Series, sample.First, sample.Length);

        var reduced = SeriesReducer.Plan([part], sample.Budget).Reduce(place => chunks[place.Chunk]);

        Assert.All(reduced.Steps.Zip(reduced.Steps.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        var shown = reduced.Steps.Zip(reduced.Values).ToHashSet();
        var offset = sample.Series.IndexOf(expected.Steps[0]);
        foreach (var bin in Enumerable.Range(0, expected.Count).GroupBy(i => (offset + i) / reduced.PointsPerBin))
        {
            var finite = bin.Select(i => expected[i]).Where(point => double.IsFinite(point.Value)).ToList();
            if (finite.Count > 0)
            {
                Assert.Contains((finite.MinBy(point => point.Value).Step, finite.Min(point => point.Value)), shown);
                Assert.Contains((finite.MaxBy(point => point.Value).Step, finite.Max(point => point.Value)), shown);
            }
        }
    });

    [Fact]
    public void Reduce_FewPoints_ShowsThemAllAsMeasured() => Check(sample =>
    {
        var reduced = SeriesReducer.Reduce(sample.Series, Math.Max(8, sample.Series.Count));

        MetricChunkCodecTests.AssertSame(sample.Series, new(reduced.Steps, reduced.Values));
    });

    [Fact]
    public void Reduce_PointsAppended_OldBinsStay() => Check(sample =>
    {
        var before = SeriesReducer.Reduce(sample.Series.Slice(0, sample.Length), sample.Budget);
        var after = SeriesReducer.Reduce(sample.Series, sample.Budget);
        if (before.PointsPerBin != after.PointsPerBin)
        {
            Assert.True(before.PointsPerBin < after.PointsPerBin);
            return;
        }

        // The last point is shown for being last, not for its bin; all others of the bins that were full before must stay.
        var full = sample.Length / before.PointsPerBin * before.PointsPerBin;
        Assert.Equal(OfFullBins(before), OfFullBins(after));

        IEnumerable<(long, double)> OfFullBins(ReducedSeries reduced) => reduced.Steps.Zip(reduced.Values)
            .Where(point => sample.Series.IndexOf(point.First) < full && point.First != before.Steps[^1]);
    });

    [Fact]
    public void Plan_WholeLongSeries_NeedsNoPoints()
    {
        var series = MetricChunkCodecTests.NoisyLoss(200_000);
        var chunks = MetricChunks.Append(MetricSeries.Empty, series).Select(ChunkSummary.Of).ToList();

        var plan = SeriesReducer.Plan([new(chunks)], 1000);

        Assert.Empty(plan.Needed);
        Assert.Equal(512, plan.PointsPerBin);
    }

    [Fact]
    public void Plan_WindowOfLongSeries_NeedsItsEdgeChunksOnly()
    {
        var series = MetricChunkCodecTests.NoisyLoss(400_000);
        var chunks = MetricChunks.Append(MetricSeries.Empty, series).Select(ChunkSummary.Of).ToList();

        var plan = SeriesReducer.Plan([new(chunks, 1500, 390_000)], 1000);

        Assert.Equal([new(0, 1), new(0, 380)], plan.Needed);
    }

    [Fact]
    public void Reduce_LeadingChunksLeftOut_SameBinsAsWithThem()
    {
        var series = MetricChunkCodecTests.NoisyLoss(50_000);
        var chunks = MetricChunks.Append(MetricSeries.Empty, series).ToList();
        var summaries = chunks.Select(ChunkSummary.Of).ToList();

        var whole = SeriesReducer.Plan([new(summaries, 20_000, 40_000)], 300).Reduce(place => chunks[place.Chunk]);
        var cut = SeriesReducer.Plan([new(summaries.Skip(10).ToList(), 20_000, 40_000, FirstChunk: 10)], 300).Reduce(place => chunks[10 + place.Chunk]);

        Assert.Equal(whole.Steps, cut.Steps);
        Assert.Equal(whole.Values, cut.Values);
    }

    [Fact]
    public void Reduce_TwoAttempts_KeepsTheSeamsEnds()
    {
        var first = MetricChunkCodecTests.NoisyLoss(5000);
        var second = new MetricSeries([.. Enumerable.Range(3000, 4000).Select(i => (long)i)], [.. Enumerable.Range(0, 4000).Select(i => Math.Sin(i))]);
        MetricSeries[][] chunks = [[.. MetricChunks.Append(MetricSeries.Empty, first)], [.. MetricChunks.Append(MetricSeries.Empty, second)]];
        SeriesPart[] parts = [new([.. chunks[0].Select(ChunkSummary.Of)], 0, 3000), new([.. chunks[1].Select(ChunkSummary.Of)], 3000)];

        var reduced = SeriesReducer.Plan(parts, 200).Reduce(place => chunks[place.Part][place.Chunk]);

        Assert.InRange(reduced.ShownCount, 100, 200);
        Assert.Equal(7000, reduced.TotalCount);
        var seam = reduced.PartStarts[1];
        Assert.Equal(first[2999], new(reduced.Steps[seam - 1], reduced.Values[seam - 1]));
        Assert.Equal(second[0], new(reduced.Steps[seam], reduced.Values[seam]));
    }

    [Fact]
    public void Reduce_OneSpikeAmongAMillion_ShowsIt()
    {
        var values = new double[1_000_000];
        values[777_777] = 9;

        var reduced = SeriesReducer.Reduce(new([.. Enumerable.Range(0, values.Length).Select(i => (long)i)], values), 1000);

        Assert.Contains((777_777L, 9.0), reduced.Steps.Zip(reduced.Values));
    }

    [Fact]
    public void Reduce_EmptySeries_IsEmpty()
    {
        var reduced = SeriesReducer.Reduce(MetricSeries.Empty, 100);

        Assert.Equal(0, reduced.ShownCount);
        Assert.Equal(0, reduced.TotalCount);
    }

    [Fact]
    public void Reduce_NothingInTheWindow_IsEmpty()
    {
        var chunk = MetricChunkCodecTests.NoisyLoss(100);

        var reduced = SeriesReducer.Plan([new([ChunkSummary.Of(chunk)], 500, 600)], 100).Reduce(_ => chunk);

        Assert.Equal(0, reduced.ShownCount);
    }

    private static void Check(Action<(MetricSeries Series, int First, int Length, int Budget)> claim) =>
        Prop.ForAll(s_windows, claim).Check(Properties.Seeded(150));

    private static (SeriesPart Part, IReadOnlyList<MetricSeries> Chunks, MetricSeries Expected) Cut(MetricSeries series, int first, int length)
    {
        var chunks = MetricChunks.Append(MetricSeries.Empty, series);
        var end = Math.Min(series.Count, first + length);
        var endStep = end == series.Count ? long.MaxValue : series.Steps[end];
        return (new([.. chunks.Select(ChunkSummary.Of)], series.Steps[first], endStep), chunks, series.Slice(first, end - first));
    }

    private static MetricSeries Series(int[] gaps, double[] values)
    {
        var step = 0L;
        return new([.. gaps.Select(gap => step += gap)], values);
    }
}
