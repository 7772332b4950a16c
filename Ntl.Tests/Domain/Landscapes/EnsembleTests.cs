using Ntl.Domain.Annealing;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Tests.Domain.Landscapes;

public class EnsembleTests
{
    private static readonly ValleyMode s_mode = new(1, 1);

    public static TheoryData<Landscape> Landscapes =>
    [
        RiverValley.WithoutRiver(s_mode, new ValleyMode(4, 0.5)),
        new RiverValley([s_mode], RiverProfile.Reciprocal(1), CurvatureProfile.Exponential(0.3), 0.1),
        new CoupledValley(new CoupledModes(1, 2, 0.5), 1, 2),
        new TwoLayerNet([.. Enumerable.Repeat(0.5, 6)], [1, 1, 1], [0.5, 0.5], 2, 2),
    ];

    [Theory]
    [MemberData(nameof(Landscapes))]
    public void Run_AnyNumberOfThreads_GivesTheSameBits(Landscape landscape)
    {
        var spec = new EnsembleSpec
        {
            Landscape = landscape,
            Optimizer = EnsembleOptimizer.Adam(),
            Schedule = StandardSchedules.Cosine(203, 0.05),
            Replicas = 1111,
            Seed = 5,
            RecordAt = EnsembleSpec.Evenly(203, 17),
            MeasureFrom = 101,
        };

        var (one, four) = (Run(spec, 1), Run(spec, 4));

        Assert.Equal(one.Records.SelectMany(record => record.Observed), four.Records.SelectMany(record => record.Observed));
        Assert.Equal(one.Measures, four.Measures);
        Assert.Equal(one.Final.SelectMany(values => values), four.Final.SelectMany(values => values));
        Assert.Equal(1111, one.Final[0].Length);
    }

    [Fact]
    public void Run_RecordsInBetween_ChangeNothing()
    {
        var spec = new EnsembleSpec { Landscape = RiverValley.WithoutRiver(s_mode), Schedule = StandardSchedules.Constant(50, 0.1), Replicas = 40, MeasureFrom = 13 };

        var (plain, recorded) = (Run(spec), Run(spec with { RecordAt = [0, 1, 6, 7, 50] }));

        Assert.Equal(plain.Final[0], recorded.Final[0]);
        Assert.Equal(plain.Measures[0].Mean, recorded.Measures[0].Mean, 1e-15);
        Assert.Equal([0L, 1, 6, 7, 50], recorded.Records.Select(record => record.Steps));
    }

    /// <summary>Every optimiser against a plain loop over the same normals.</summary>
    [Theory]
    [InlineData(EnsembleOptimizerKind.Sgd)]
    [InlineData(EnsembleOptimizerKind.HeavyBall)]
    [InlineData(EnsembleOptimizerKind.EmaMomentum)]
    [InlineData(EnsembleOptimizerKind.RmsProp)]
    [InlineData(EnsembleOptimizerKind.Adam)]
    [InlineData(EnsembleOptimizerKind.SignSgd)]
    [InlineData(EnsembleOptimizerKind.Lion)]
    public void Run_OneReplica_FollowsThePlainLoop(EnsembleOptimizerKind kind)
    {
        const int Steps = 30;
        const double A = 1.5, Sigma = 0.7, Slope = 0.3, Sharpening = 0.4, RiverNoise = 0.2, Rate = 0.05;
        var optimizer = new EnsembleOptimizer(kind, 0.8, 0.9, 1e-6);
        var landscape = new RiverValley([new(A, Sigma)], RiverProfile.Falling(Slope), CurvatureProfile.Quadratic(Sharpening), RiverNoise);
        double[] place = [0.6, 0.2], m = [0, 0], v = [Sigma * Sigma, (RiverNoise * RiverNoise) + (Slope * Slope)];
        float[] noiseX = new float[32], noiseY = new float[32];

        for (var step = 0; step < Steps; step++)
        {
            new NormalNoise(3).Fill(0, (uint)step / 4, 0, noiseX);
            new NormalNoise(3).Fill(0, (uint)step / 4, 1, noiseY);
            var (x, y) = (place[0], place[1]);
            double[] g =
            [
                (A * (1 + (Sharpening * y * y)) * x) + (Sigma * noiseX[step % 4 * 8]),
                -Slope + (0.5 * A * 2 * Sharpening * y * x * x) + (RiverNoise * noiseY[step % 4 * 8]),
            ];
            for (var i = 0; i < 2; i++)
            {
                place[i] -= Rate * Update(optimizer, g[i], ref m[i], ref v[i]);
            }
        }

        var result = Run(new() { Landscape = landscape, Optimizer = optimizer, Schedule = StandardSchedules.Constant(Steps, Rate), Replicas = 1, Seed = 3, Start = EnsembleStart.At(0.6, 0.2) });

        Assert.Equal(place[0], result.Final[0][0], 1e-12);
        Assert.Equal(place[1], result.Final[1][0], 1e-12);
    }

    [Fact]
    public void Run_AnySchedule_FollowsTheExactMoments()
    {
        var schedule = StandardSchedules.WarmupStableDecay(600, 0.2, DecayShape.Cosine, 200, 0.01, 100);
        ValleyMode[] modes = [new(0.5, 1), new(2, 0.5)];
        var rates = new double[600];
        schedule.CopyRates(0, rates);
        var exact = ThermalPath.From(UpdateRule.Sgd, modes, [.. modes.Select(mode => ValleyMoments.AtRest(0, mode))], rates);

        var result = Run(new() { Landscape = RiverValley.WithoutRiver([.. modes]), Schedule = schedule, Replicas = 40_000, Seed = 11, RecordAt = EnsembleSpec.Evenly(600, 13) });

        Assert.All(result.Records, record =>
        {
            var thermal = record.Observed[RiverValley.ThermalLoss];
            Assert.Equal(exact[record.Steps], thermal.Mean, 4 * thermal.StandardError);
        });
    }

    [Fact]
    public void Run_UnitsChanged_ScalesAsItMust()
    {
        // x → 2x makes a → a/4, σ → σ/2, η → 4η, and leaves every loss as it is.
        var (one, other) = (Thermal(1, 1, 0.1), Thermal(0.25, 0.5, 0.4));

        Assert.Equal(one, other, 1e-12);

        static double Thermal(double a, double sigma, double rate) => Run(new()
        {
            Landscape = RiverValley.WithoutRiver(new ValleyMode(a, sigma)),
            Schedule = StandardSchedules.Constant(100, rate),
            Replicas = 64,
            MeasureFrom = 0,
        }).Measures[0].Mean;
    }

    [Fact]
    public void Run_RateBeyondStability_TellsDivergenceAndNoNaN()
    {
        var result = Run(new()
        {
            Landscape = RiverValley.WithoutRiver(s_mode),
            Schedule = StandardSchedules.Constant(2000, 2.5),
            Replicas = 100,
            RecordAt = EnsembleSpec.Evenly(2000, 21),
            MeasureFrom = 0,
        });

        Assert.NotNull(result.Divergence);
        Assert.Equal(1, result.Divergence.Value.Share);

        // |1 − ηa| = 1.5: 1.5ⁿ passes 10³⁰ after 170 steps.
        Assert.InRange(result.Divergence.Value.FirstStep, 150, 190);
        Assert.Empty(result.Measures);
        Assert.InRange(result.Records.Length, 1, 3);
        Assert.All(result.Records.SelectMany(record => record.Observed), mean => Assert.True(double.IsFinite(mean.Mean) && double.IsFinite(mean.StandardDeviation)));
    }

    [Fact]
    public void Run_SomeReplicasDiverge_MeansAreOfTheOthers()
    {
        // From far out, η·q·x² > 2, the push on y throws it further at every step; most replicas start inside.
        var result = Run(new()
        {
            Landscape = new RiverValley([new(1, 0.1)], RiverProfile.Level, CurvatureProfile.Quadratic(1)),
            Schedule = StandardSchedules.Constant(400, 0.5),
            Replicas = 2000,
            Start = new([0, 0.5], [1.5, 0]),
            RecordAt = [0, 400],
            MeasureFrom = 0,
        });

        Assert.NotNull(result.Divergence);
        Assert.InRange(result.Divergence.Value.Share, 0.001, 0.5);
        Assert.Equal(2000 - result.Divergence.Value.Replicas, result.Final[0].Length);
        Assert.All(result.Records.SelectMany(record => record.Observed).Concat(result.Measures), mean => Assert.True(double.IsFinite(mean.Mean)));
    }

    [Fact]
    public void TryRun_BadInput_TellsEveryProblemByField()
    {
        var spec = new EnsembleSpec
        {
            Landscape = new RiverValley([], RiverProfile.Level, CurvatureProfile.Quadratic(-1)),
            Optimizer = EnsembleOptimizer.HeavyBall(1.5),
            Schedule = StandardSchedules.Constant(1000, 0.1),
            Replicas = 1_000_000_000,
            MeasureFrom = 1000,
            RecordAt = [5, 5],
        };

        var ran = Ensemble.TryRun(spec, out var result, out var problems, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(ran);
        Assert.Null(result);
        Assert.Equal(
            ["landscape.directions", "landscape.valley.rate", "measureFrom", "optimizer.beta1", "recordAt", "replicas"],
            problems.Select(problem => problem.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(problems, problem => problem.Message.Contains("1,000,000,000", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Run(spec));
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Cancelling(cancellation);

        Assert.ThrowsAny<OperationCanceledException>(() => Ensemble.Run(
            new() { Landscape = RiverValley.WithoutRiver(s_mode), Schedule = StandardSchedules.Constant(1_000_000, 0.1), Replicas = 512 },
            progress: progress, cancellationToken: cancellation.Token));
        Assert.InRange(progress.Last, 0.001, 0.5);
    }

    // One direction has a loop of its own; a second one that stays where it is, at the bottom, brings the loop for many, and must change nothing.
    [Theory]
    [InlineData(EnsembleOptimizerKind.Sgd)]
    [InlineData(EnsembleOptimizerKind.Adam)]
    public void Run_SecondDirectionThatRests_ChangesNoBit(EnsembleOptimizerKind kind)
    {
        var spec = new EnsembleSpec
        {
            Landscape = new RiverValley([s_mode], RiverProfile.Reciprocal(1), CurvatureProfile.Exponential(0.4)),
            Optimizer = new(kind, 0.8, 0.9, 1e-6),
            Schedule = StandardSchedules.Cosine(203, 0.05),
            Replicas = 300,
            RecordAt = [7, 50, 203],
            MeasureFrom = 101,
        };

        var (one, two) = (Run(spec), Run(spec with { Landscape = ((RiverValley)spec.Landscape) with { Directions = [s_mode, new(2, 0)] } }));

        Assert.Equal(one.Records.SelectMany(record => record.Observed), two.Records.SelectMany(record => record.Observed));
        Assert.Equal(one.Measures[0], two.Measures[0]);
        Assert.Equal(one.Final[1], two.Final[2]);
    }

    [Fact]
    public void Run_ExponentialValley_HasItsCurvature()
    {
        const double Sharpening = 0.5;
        double[] places = [-1400, -300, -10, -1, -1e-9, 0, 0.7, 3, 20, 250];

        var losses = places.Select(y => Run(new()
        {
            Landscape = new RiverValley([new(2, 0)], RiverProfile.Level, CurvatureProfile.Exponential(Sharpening)),
            Schedule = StandardSchedules.Constant(1, 1e-9),
            Replicas = 1,
            Start = EnsembleStart.At(1, y),
            RecordAt = [0],
        }).Records[0].Observed[RiverValley.ThermalLoss].Mean);

        // A unit or two in the last place.
        Assert.All(places.Zip(losses), pair => Assert.Equal(1, pair.Second / Math.Exp(Sharpening * pair.First), 5e-16));
    }

    private static EnsembleResult Run(EnsembleSpec spec, int threads = 0) => Ensemble.Run(spec, threads, cancellationToken: TestContext.Current.CancellationToken);

    private static double Update(EnsembleOptimizer optimizer, double g, ref double m, ref double v)
    {
        var (kind, b1, b2, epsilon) = optimizer;
        switch (kind)
        {
            case EnsembleOptimizerKind.HeavyBall:
                return m = (b1 * m) + g;
            case EnsembleOptimizerKind.EmaMomentum:
                return m = (b1 * m) + ((1 - b1) * g);
            case EnsembleOptimizerKind.RmsProp or EnsembleOptimizerKind.Adam:
                m = (b1 * m) + ((1 - b1) * g);
                v = (b2 * v) + ((1 - b2) * g * g);
                return m / (Math.Sqrt(v) + epsilon);
            case EnsembleOptimizerKind.SignSgd:
                return Math.Sign(g);
            case EnsembleOptimizerKind.Lion:
                var direction = Math.Sign((b1 * m) + ((1 - b1) * g));
                m = (b2 * m) + ((1 - b2) * g);
                return direction;
            default:
                return g;
        }
    }

    private sealed class Cancelling(CancellationTokenSource cancellation) : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value)
        {
            Last = value;
            if (value > 0.001)
            {
                cancellation.Cancel();
            }
        }
    }
}
