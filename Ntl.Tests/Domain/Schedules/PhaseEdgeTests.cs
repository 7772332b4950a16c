using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Schedules;

/// <summary>Values worked out by hand, from the formulas in each type's docs, at first, last and neighbouring steps.</summary>
public class PhaseEdgeTests
{
    private const double Tolerance = 1e-15;

    [Fact]
    public void LinearRamp_FromZero_StandsAtStepPlusOneOfWarmup()
    {
        var ramp = new LinearRamp(4, 0, 0.008);

        Assert.Equal([0.002, 0.004, 0.006, 0.008], Rates(ramp), Near);
    }

    [Fact]
    public void LinearRamp_FromAboveZero_EndsExactlyAtItsEnd()
    {
        var ramp = new LinearRamp(2, 0.1, 0.3);

        Assert.Equal([0.2, 0.3], Rates(ramp), Near);
        Assert.Equal(0.3, ramp.RateAt(1));
    }

    [Fact]
    public void LinearDecay_FourSteps_WouldReachItsEndOneStepLater() =>
        Assert.Equal([0.9, 0.7, 0.5, 0.3], Rates(new LinearDecay(4, 0.9, 0.1)), Near);

    [Fact]
    public void CosineDecay_SixSteps_FollowsHalfACosine() =>
        Assert.Equal([1, 0.5 + Math.Sqrt(3) / 4, 0.75, 0.5, 0.25, 0.5 - Math.Sqrt(3) / 4], Rates(new CosineDecay(6, 1, 0)), Near);

    [Fact]
    public void OneMinusSquareRootDecay_FourSteps_FallsFastFirst() =>
        Assert.Equal([1, 0.5, 1 - Math.Sqrt(0.5), 1 - Math.Sqrt(0.75)], Rates(new OneMinusSquareRootDecay(4, 1, 0)), Near);

    [Fact]
    public void ExponentialDecay_TwoSteps_HasTheSameFactorEachStep() =>
        Assert.Equal([0.04, 0.02], Rates(new ExponentialDecay(2, 0.04, 0.01)), Near);

    [Fact]
    public void HyperbolicDecay_ThreeSteps_IsLinearInTheReciprocal() =>
        Assert.Equal([1, 1.0 / 2, 1.0 / 3], Rates(new HyperbolicDecay(3, 1, 0.25)), Near);

    [Fact]
    public void InverseSquareRootDecay_ThreeSteps_IsLinearInTheReciprocalSquare() =>
        Assert.Equal([1, 1 / Math.Sqrt(2), 1 / Math.Sqrt(3)], Rates(new InverseSquareRootDecay(3, 1, 0.5)), Near);

    [Fact]
    public void PolynomialDecay_SquareAndRoot_ArePowersOfWhatIsLeft()
    {
        Assert.Equal([1, 9.0 / 16, 1.0 / 4, 1.0 / 16], Rates(new PolynomialDecay(4, 1, 0, 2)), Near);
        Assert.Equal([1, Math.Sqrt(0.75), Math.Sqrt(0.5), 0.5], Rates(new PolynomialDecay(4, 1, 0, 0.5)), Near);
    }

    [Fact]
    public void StepDecay_FloorReached_StaysAtTheFloor() =>
        Assert.Equal([1, 1, 0.5, 0.5, 0.3, 0.3, 0.3], Rates(new StepDecay(7, 1, 0.3, 0.5, 2)), Near);

    [Fact]
    public void PiecewisePoints_Vertices_AreHitAndJoinedByLines()
    {
        var points = new PiecewisePoints([new(0, 0.1), new(2, 0.5), new(5, 0.2)]);

        Assert.Equal(5, points.Steps);
        Assert.Equal([0.1, 0.3, 0.5, 0.4, 0.3], Rates(points), Near);
        Assert.Equal(0.5, points.Peak);
        Assert.Equal(0.1, points.Minimum);
    }

    [Fact]
    public void ExpressionPhase_FourSteps_HasTheFormulasValues()
    {
        var formula = new ExpressionPhase(4, "peak*(1-t)^2 + k/n", new Dictionary<string, double> { ["peak"] = 0.5 });

        Assert.Equal([0.5, 0.5 * 9 / 16 + 0.25, 0.5 / 4 + 0.5, 0.5 / 16 + 0.75], Rates(formula), Near);
        Assert.Equal((0.5, 1), (formula.EntryRate, formula.ExitRate));
    }

    [Theory]
    [MemberData(nameof(OneStepPhases))]
    public void AnyPhase_OfOneStep_HasOneRateAndThatSum(SchedulePhase phase, double rate)
    {
        Assert.Equal(rate, phase.RateAt(0));
        Assert.Equal(0, phase.SumOfFirst(0));
        Assert.Equal(rate, phase.SumOfFirst(1), Tolerance);
    }

    public static TheoryData<SchedulePhase, double> OneStepPhases => new()
    {
        { new ConstantRate(1, 0.5), 0.5 },
        { new LinearRamp(1, 0, 0.5), 0.5 },
        { new LinearDecay(1, 0.5, 0), 0.5 },
        { new CosineDecay(1, 0.5, 0), 0.5 },
        { new OneMinusSquareRootDecay(1, 0.5, 0), 0.5 },
        { new ExponentialDecay(1, 0.5, 0.1), 0.5 },
        { new HyperbolicDecay(1, 0.5, 0.1), 0.5 },
        { new InverseSquareRootDecay(1, 0.5, 0.1), 0.5 },
        { new PolynomialDecay(1, 0.5, 0, 3), 0.5 },
        { new StepDecay(1, 0.5, 0, 0.1, 1), 0.5 },
        { new PiecewisePoints([new(0, 0.5), new(1, 0.1)]), 0.5 },
        { new ExpressionPhase(1, "(1-t)/2"), 0.5 },
    };

    [Theory]
    [MemberData(nameof(LongPhases))]
    public void SumOfFirst_ABillionSteps_AgreesWithItsParts(SchedulePhase phase)
    {
        // Any block of a billion-step sum is the sum of the block; the difference of two sums near D loses digits of D.
        var total = phase.SumOfFirst(phase.Steps);
        foreach (var start in new[] { 0, 1, 31, 1000, 499_999_999, phase.Steps - 1000 })
        {
            var block = new CompensatedSum();
            for (var step = start; step < start + 1000; step++)
            {
                block.Add(phase.RateAt(step));
            }

            Assert.Equal(block.Value, phase.SumOfFirst(start + 1000) - phase.SumOfFirst(start), 1e-12 * block.Value + 1e-14 * total);
        }
    }

    public static TheoryData<SchedulePhase> LongPhases => new()
    {
        new LinearRamp(1_000_000_000, 0, 1e-3),
        new LinearDecay(1_000_000_000, 1e-3, 1e-4),
        new CosineDecay(1_000_000_000, 1e-3, 0),
        new OneMinusSquareRootDecay(1_000_000_000, 1e-3, 0),
        new ExponentialDecay(1_000_000_000, 1e-3, 1e-6),
        new HyperbolicDecay(1_000_000_000, 1e-3, 1e-12),
        new InverseSquareRootDecay(1_000_000_000, 1e-3, 1e-7),
        new PolynomialDecay(1_000_000_000, 1e-3, 0, 1.7),
        new StepDecay(1_000_000_000, 1e-3, 1e-9, 0.999_999, 7),
    };

    private static double[] Rates(SchedulePhase phase) => SchedulePropertyTests.Rates(new(phase));

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= Tolerance;
}
