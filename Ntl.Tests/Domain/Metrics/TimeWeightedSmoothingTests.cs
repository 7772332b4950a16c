using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Metrics;

namespace Ntl.Tests.Domain.Metrics;

public class TimeWeightedSmoothingTests
{
    private static readonly Arbitrary<(double[] X, double[] Y, double Timescale)> s_series = (
        from count in Gen.Choose(1, 200)
        from gaps in Gen.Frequency((4, Gen.Constant(1.0)), (2, Gen.Choose(0, 40).Select(n => n / 8.0)), (1, Gen.Constant(1.0 / 1024))).ArrayOf(count)
        from ys in Gen.Choose(-1000, 1000).Select(n => n / 100.0).ArrayOf(count)
        from timescale in Gen.Elements(0, 0.01, 1, 7.5, 100, 1e7)
        select (Running(gaps), ys, timescale)).ToArbitrary();

    [Fact]
    public void Smooth_AnySeries_StaysBetweenTheExtremesSoFar() => Check(sample =>
    {
        var smoothed = TimeWeightedSmoothing.Smooth(sample.X, sample.Y, sample.Timescale);

        for (var i = 0; i < smoothed.Length; i++)
        {
            Assert.InRange(smoothed[i], sample.Y[..(i + 1)].Min() - 1e-9, sample.Y[..(i + 1)].Max() + 1e-9);
        }
    });

    [Fact]
    public void Smooth_Constant_StaysThatVeryNumber() => Check(sample =>
    {
        var constant = sample.Y[0] / 3;

        Assert.All(TimeWeightedSmoothing.Smooth(sample.X, [.. sample.X.Select(_ => constant)], sample.Timescale), value => Assert.Equal(constant, value));
    });

    [Fact]
    public void Next_InPieces_GivesTheSameBitsAsAtOnce() => Check(sample =>
    {
        var state = new TimeWeightedSmoothing(sample.Timescale);
        var half = sample.X.Length / 2;
        var first = sample.X[..half].Zip(sample.Y, (x, y) => state.Next(x, y)).ToArray();
        var copy = state;
        var second = sample.X[half..].Zip(sample.Y[half..], (x, y) => copy.Next(x, y)).ToArray();

        Assert.Equal(TimeWeightedSmoothing.Smooth(sample.X, sample.Y, sample.Timescale), first.Concat(second));
    });

    [Fact]
    public void After_EndOfASmoothedSeries_GoesOnAsIfItHadSeenAll() => Check(sample =>
    {
        var smoothed = TimeWeightedSmoothing.Smooth(sample.X, sample.Y, sample.Timescale);

        for (var last = 2; last < sample.X.Length - 1; last++)
        {
            var next = TimeWeightedSmoothing.After(sample.Timescale, sample.X[0], sample.X[last], sample.Y[last], smoothed[last]);
            Assert.Equal(smoothed[last + 1], next.Next(sample.X[last + 1], sample.Y[last + 1]), 1e-9);
        }
    }, zeroGaps: false);

    [Fact]
    public void Smooth_PointsAddedOnTheLines_ChangeNothing() => Check(sample =>
    {
        // Twice the points after the first two, each new one half way: a run that logs twice as often.
        var (xs, ys) = (sample.X[..Math.Min(2, sample.X.Length)].ToList(), sample.Y[..Math.Min(2, sample.X.Length)].ToList());
        for (var i = 2; i < sample.X.Length; i++)
        {
            xs.AddRange([(sample.X[i - 1] + sample.X[i]) / 2, sample.X[i]]);
            ys.AddRange([(sample.Y[i - 1] + sample.Y[i]) / 2, sample.Y[i]]);
        }

        var dense = TimeWeightedSmoothing.Smooth([.. xs], [.. ys], sample.Timescale);
        var sparse = TimeWeightedSmoothing.Smooth(sample.X, sample.Y, sample.Timescale);

        for (var i = 2; i < sparse.Length; i++)
        {
            Assert.Equal(sparse[i], dense[2 * i - 1], 1e-9 * (1 + Math.Abs(sparse[i])));
        }
    }, zeroGaps: false);

    [Fact]
    public void Smooth_AxisStretched_SameCurve() => Check(sample =>
    {
        var stretched = TimeWeightedSmoothing.Smooth([.. sample.X.Select(x => 1024 * x)], sample.Y, 1024 * sample.Timescale);

        Assert.Equal(TimeWeightedSmoothing.Smooth(sample.X, sample.Y, sample.Timescale), stretched);
    });

    [Fact]
    public void Smooth_TwoPoints_AreUntouched() =>
        Assert.Equal([3, 8], TimeWeightedSmoothing.Smooth([0, 1], [3, 8], 100));

    [Fact]
    public void Smooth_NoTimescale_IsTheSeries() => Check(sample =>
    {
        var (xs, ys) = (sample.X.Select((_, i) => (double)i).ToArray(), sample.Y);

        Assert.Equal(ys, TimeWeightedSmoothing.Smooth(xs, ys, 0));
    });

    [Fact]
    public void Smooth_NonFiniteValues_ComeBackAndAreSkipped()
    {
        double[] xs = [0, 1, 2, 3, 4, 5];
        double[] ys = [1, 2, double.NaN, 5, double.NegativeInfinity, 3];

        var smoothed = TimeWeightedSmoothing.Smooth(xs, ys, 2);

        var without = TimeWeightedSmoothing.Smooth([0, 1, 3, 5], [1, 2, 5, 3], 2);
        Assert.Equal([without[0], without[1], double.NaN, without[2], double.NegativeInfinity, without[3]], smoothed);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(40_000)]
    public void Smooth_RampAndStep_EqualTheIntegral(double timescale)
    {
        double[] xs = [0, 1, 2.5, 6, 6.5];
        double[] ys = [2, 3, 0, 4, 4];

        var smoothed = TimeWeightedSmoothing.Smooth(xs, ys, timescale);

        for (var i = 2; i < xs.Length; i++)
        {
            // 200,000 midpoints: relative error below (1e-4/0.05)²/24.
            Assert.Equal(Integral(xs, ys, xs[i], timescale), smoothed[i], 2e-6);
        }
    }

    [Fact]
    public void TimescaleOf_Strength_WeighsAThousandthOfTheAxisThatMuch()
    {
        var timescale = TimeWeightedSmoothing.TimescaleOf(0.9, 5000);

        Assert.Equal(0.9, Math.Exp(-5 / timescale), 1e-12);
        Assert.Equal(0, TimeWeightedSmoothing.TimescaleOf(0, 5000));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWeightedSmoothing.TimescaleOf(1, 5000));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_TimescaleOutOfRange_Throws(double timescale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeWeightedSmoothing(timescale));

    private static double Integral(double[] xs, double[] ys, double end, double timescale)
    {
        const int Midpoints = 200_000;
        var (sum, weights, segment) = (0.0, 0.0, 0);
        for (var i = 0; i < Midpoints; i++)
        {
            var t = end * (i + 0.5) / Midpoints;
            segment = t > xs[segment + 1] ? segment + 1 : segment;
            var y = ys[segment] + (ys[segment + 1] - ys[segment]) * (t - xs[segment]) / (xs[segment + 1] - xs[segment]);
            var weight = Math.Exp((t - end) / timescale);
            sum += weight * y;
            weights += weight;
        }

        return sum / weights;
    }

    private static void Check(Action<(double[] X, double[] Y, double Timescale)> claim, bool zeroGaps = true) => Prop.ForAll(
        zeroGaps ? s_series : s_series.Filter(sample => sample.X.Zip(sample.X.Skip(1)).All(pair => pair.First < pair.Second)),
        claim).QuickCheckThrowOnFailure();

    private static double[] Running(double[] gaps)
    {
        var x = 0.0;
        return [.. gaps.Select(gap => x += gap)];
    }
}
