using System.Globalization;
using Ntl.Domain.Laws;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Laws;

public sealed class LossCollapseTests
{
    [Fact]
    public void Of_PublishedFigure_IsOneCurveWhoseResidualsOrderByThePeak()
    {
        var points = File.ReadLines(SharedData.Find("ntl_fig_S_collapse.csv")).Skip(1).Select(line => line.Split(','))
            .Select(row => new CollapsePoint(Number(row[1]), Number(row[2]), Number(row[0])))
            .Where(point => point.Time > 1.5) // before it warm-up is most of D
            .ToList();

        var collapse = LossCollapse.Of(points);

        Assert.InRange(collapse.RSquared, 0.99, 1);
        Assert.InRange(collapse.RootMeanSquare, 0, 0.009);
        Assert.Equal([3e-4, 6e-4, 1.2e-3], collapse.Groups.Select(group => group.Peak));
        Assert.True(collapse.Groups[0].MeanResidual < collapse.Groups[1].MeanResidual && collapse.Groups[1].MeanResidual < collapse.Groups[2].MeanResidual);
        Assert.Equal(-0.0081, collapse.Groups[0].MeanResidual, 2e-4);
        Assert.Equal(0.0044, collapse.Groups[2].MeanResidual, 2e-4);
    }

    [Fact]
    public void Of_PointsOnACurve_FindsIt()
    {
        var points = Enumerable.Range(1, 12).Select(i => new CollapsePoint(i, 2.5 + (0.7 * Math.Pow(i, -0.45)), i % 2)).ToList();

        var collapse = LossCollapse.Of(points);

        Assert.Equal(2.5, collapse.ColdLoss, 1e-3);
        Assert.Equal(0.7, collapse.RiverScale, 1e-3);
        Assert.Equal(0.45, collapse.RiverExponent, 1e-3);
        Assert.Equal(1, collapse.RSquared, 1e-6);
    }

    [Theory]
    [InlineData(3, 1.0)]
    [InlineData(8, 0.0)]
    [InlineData(8, double.NaN)]
    public void Of_TooFewOrImpossiblePoints_Throws(int count, double time)
    {
        var points = Enumerable.Range(1, count).Select(i => new CollapsePoint(i == 1 ? time : i, 3, 1)).ToList();

        Assert.Throws<ArgumentException>(() => LossCollapse.Of(points));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
