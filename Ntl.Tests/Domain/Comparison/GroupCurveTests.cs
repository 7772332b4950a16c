using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Comparison;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Comparison;

public sealed class GroupCurveTests
{
    private static readonly Gen<ComparedCurve> s_curve =
        from first in Gen.Choose(0, 20)
        from count in Gen.Choose(0, 40)
        from stride in Gen.Elements(1, 1, 1, 2, 3)
        from values in Gen.Frequency((30, Gen.Choose(-500, 500).Select(n => n / 7.0)), (1, Gen.Constant(double.NaN))).ArrayOf(count)
        select new ComparedCurve([.. Enumerable.Range(0, count).Select(i => (double)(first + (i * stride)))], values);

    private static readonly Arbitrary<ComparedCurve[]> s_groups = (
        from count in Gen.Choose(1, 8)
        from curves in s_curve.ArrayOf(count)
        select curves).ToArbitrary();

    [Fact]
    public void Group_OnOneGrid_IsTheMeanOfTheValuesThemselves()
    {
        var group = GroupCurve.Of([Curve([0, 1, 2], 1, 2, 3), Curve([0, 1, 2], 3, 6, 3), Curve([0, 1, 2], 5, 4, 3)], BandKind.Confidence);

        Assert.True(group.Grid.IsExact);
        Assert.Equal([3.0, 4, 3], group.Mean);
        Assert.Equal([3, 3, 3], group.Count);
        // s = 2, t(2) = 4.3027, n = 3.
        Assert.Equal(3 - (4.3027 * 2 / Math.Sqrt(3)), group.Low[0], 1e-3);
        Assert.Equal(3 + (4.3027 * 2 / Math.Sqrt(3)), group.High[0], 1e-3);
        Assert.Equal((3.0, 3.0), (group.Low[2], group.High[2]));
    }

    [Theory]
    [InlineData(BandKind.Deviation, 1, 5)]
    [InlineData(BandKind.Range, 1, 5)]
    [InlineData(BandKind.None, double.NaN, double.NaN)]
    public void Band_OfAKind_IsThatKind(BandKind kind, double low, double high)
    {
        var group = GroupCurve.Of([Curve([0], 1), Curve([0], 3), Curve([0], 5)], kind);

        Assert.Equal((low, high), (group.Low[0], group.High[0]));
    }

    [Fact]
    public void Group_WhereARunEndedEarly_CountsThoseThatAreThere()
    {
        var group = GroupCurve.Of([Curve([0, 1, 2, 3], 1, 1, 1, 1), Curve([0, 1], 3, 3)], BandKind.Confidence);

        Assert.True(group.Grid.IsExact);
        Assert.Equal([2, 2, 1, 1], group.Count);
        Assert.Equal([2.0, 2, 1, 1], group.Mean);
        Assert.True(double.IsNaN(group.Low[2])); // one run has no interval
        Assert.Equal((1, 2), (group.FewestRuns, group.MostRuns));
    }

    [Fact]
    public void Group_OnDifferentGrids_InterpolatesAndSaysSo()
    {
        var group = GroupCurve.Of([Curve([0, 2, 4], 0, 2, 4), Curve([1, 3], 11, 13)], BandKind.Range);

        Assert.False(group.Grid.IsExact);
        Assert.Equal([0.0, 1, 2, 3, 4], group.Grid.X);
        Assert.Equal([1, 2, 2, 2, 1], group.Count);
        Assert.Equal([0.0, 6, 7, 8, 4], group.Mean);
    }

    [Fact]
    public void Group_BesideAValueThatIsNotFinite_DoesNotInterpolateOverIt()
    {
        var group = GroupCurve.Of([Curve([0, 2, 4], 0, double.NaN, 4), Curve([1, 3], 11, 13)], BandKind.None);

        Assert.Equal([1, 1, 1, 1, 1], group.Count);
        Assert.Equal([0.0, 11, 12, 13, 4], group.Mean);
    }

    [Fact]
    public void Grid_OfVeryManyDifferentPlaces_IsThinnedAndSaysByHowMuch()
    {
        var random = new Random(1);
        ComparedCurve Long() => new([.. Enumerable.Range(0, 9_000).Select(i => i + (0.9 * random.NextDouble()))], new double[9_000]);

        var grid = CurveGrid.Of([Long(), Long(), Long()]);

        Assert.Equal(3, grid.Stride);
        Assert.InRange(grid.X.Count, 9_000, CurveGrid.MostInterpolated);
    }

    [Fact]
    public void Group_Always_LiesBetweenItsRunsAndNeverCountsMoreThanThereAre() => Prop.ForAll(s_groups, curves =>
    {
        var group = GroupCurve.Of(curves, BandKind.Range);

        for (var i = 0; i < group.Mean.Count; i++)
        {
            var there = curves.Where(curve => curve.Count > 0 && curve.X[0] <= group.Grid.X[i] && curve.X[^1] >= group.Grid.X[i]).ToList();
            Assert.InRange(group.Count[i], 0, there.Count);
            if (group.Count[i] > 0)
            {
                Assert.InRange(group.Mean[i], group.Low[i] - 1e-9, group.High[i] + 1e-9);
            }
        }
    }).Check(Properties.Seeded());

    [Theory]
    [InlineData(BandKind.None)]
    [InlineData(BandKind.Deviation)]
    [InlineData(BandKind.Confidence)]
    public void Group_Always_IsAtEachPlaceTheSummaryOfItsRunsThere(BandKind kind) => Prop.ForAll(s_groups, curves =>
    {
        var group = GroupCurve.Of(curves, kind);
        var values = curves.Select(curve => curve.At([.. group.Grid.X])).ToList();

        for (var i = 0; i < group.Mean.Count; i++)
        {
            var expected = SampleSummary.Of([.. values.Select(own => own[i])]);
            var half = kind switch { BandKind.Deviation => expected.Deviation, BandKind.Confidence => expected.HalfWidth, _ => double.NaN };
            Assert.Equal(expected.Count, group.Count[i]);
            Assert.Equal(expected.Mean, group.Mean[i], 1e-9);
            Assert.Equal(expected.Mean - half, group.Low[i], 1e-6);
            Assert.Equal(expected.Mean + half, group.High[i], 1e-6);
        }
    }).Check(Properties.Seeded());

    [Fact]
    public void Group_Always_ScalesAndShiftsWithItsRuns() => Prop.ForAll(s_groups, curves =>
    {
        var group = GroupCurve.Of(curves, BandKind.Confidence);
        var moved = GroupCurve.Of([.. curves.Select(curve => new ComparedCurve(curve.X.ToArray(), [.. curve.Y.ToArray().Select(y => (2 * y) + 3)]))], BandKind.Confidence);

        for (var i = 0; i < group.Mean.Count; i++)
        {
            Assert.Equal((2 * group.Mean[i]) + 3, moved.Mean[i], 1e-6);
            Assert.Equal((2 * group.Low[i]) + 3, moved.Low[i], 1e-6);
        }
    }).Check(Properties.Seeded());

    [Fact]
    public void Group_OfOneRun_IsThatRun() => Prop.ForAll(s_curve.ToArbitrary(), curve =>
    {
        var group = GroupCurve.Of([curve], BandKind.None);

        Assert.True(group.Grid.IsExact);
        Assert.Equal(curve.X.ToArray(), group.Grid.X);
        Assert.Equal(curve.Y.ToArray(), group.Mean);
    }).Check(Properties.Seeded());

    private static ComparedCurve Curve(double[] x, params double[] y) => new(x, y);
}
