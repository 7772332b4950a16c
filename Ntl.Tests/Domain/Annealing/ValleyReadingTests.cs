using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Annealing;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Annealing;

public class ValleyReadingTests
{
    private const double CoolingRate = 40;

    [Fact]
    public void Of_ShortSchedule_IsNewtonsLawStepByStep() => Prop.ForAll(Arbitrary.Schedules, schedule =>
    {
        var expected = new NewtonCooling(CoolingRate, 1).Along(0, schedule);

        var reading = ValleyReading.Of(schedule, CoolingRate);

        Assert.Equal(schedule.TotalSteps, reading.Points.Length);
        Assert.All(reading.Points, point => Assert.Equal(expected[point.Updates], point.ValleyRate, schedule.Peak * 1e-9));
        Assert.Equal(schedule.Phases.Length, reading.Phases.Length);
    }).Check(Properties.Seeded());

    [Fact]
    public void Of_LongSchedule_IsNewtonsLawWithinAThousandth()
    {
        var schedule = StandardSchedules.WarmupStableDecay(60_000, 3e-4, DecayShape.OneMinusSquareRoot, 12_000, 3e-5, 2_000);
        var expected = new NewtonCooling(CoolingRate, 1).Along(0, schedule);

        var reading = ValleyReading.Of(schedule, CoolingRate);

        Assert.InRange(reading.Points.Length, 1_000, 4_000);
        Assert.All(reading.Points, point => Assert.Equal(expected[point.Updates], point.ValleyRate, 3e-7));
    }

    [Fact]
    public void Of_TheLongestSchedule_EndsInEquilibriumOnItsPlateau()
    {
        var reading = ValleyReading.Of(StandardSchedules.Constant(ScheduleSpec.MaximumSteps, 1e-3, 1_000_000), CoolingRate);

        Assert.Equal(CoolingState.Equilibrium, reading.Phases[1].State);
        Assert.Equal(1, reading.Points[^1].Ratio, 1e-7); // D of a thousand million steps has lost its last digits
        Assert.Equal(0, reading.Phases[1].FastestFall);
    }

    // Along 1/η = 1/η₁ + (κ/2)t the valley is twice as hot as its bath, and the pace is one.
    [Fact]
    public void Of_TheBestAnneal_FallsAtPaceOneAndIsTwiceAsHot()
    {
        const double Start = 1e-3, End = 5e-5;
        var steps = (long)Math.Round((1 / End - 1 / Start) / (CoolingRate / 2));
        var schedule = new ScheduleSpec(new ConstantRate(1_000, Start), new HyperbolicDecay(steps, Start, End));

        var decay = ValleyReading.Of(schedule, CoolingRate).Phases[1];

        Assert.Equal(1, decay.FastestFall, 0.01);
        Assert.Equal(2, decay.EndRatio, 0.15);
        Assert.Equal(CoolingState.Cooling, decay.State);
    }

    [Fact]
    public void Of_AQuench_IsOutOfEquilibriumAndSaysWhere()
    {
        var schedule = new ScheduleSpec(new ConstantRate(1_000, 1e-3), new ConstantRate(100, 1e-5), new ConstantRate(50_000, 1e-5));

        var reading = ValleyReading.Of(schedule, CoolingRate);

        Assert.Equal(CoolingState.OutOfEquilibrium, reading.Phases[1].State);
        Assert.Equal((1 / 1e-5 - 1 / 1e-3) / (CoolingRate / 2), reading.Phases[1].FastestFall, 1e-6);
        var (from, to) = Assert.Single(reading.OutOfEquilibrium());
        Assert.Equal(1_000, from);
        Assert.InRange(to, 5_000, 20_000);
    }

    [Fact]
    public void Of_AWarmUp_Warms() =>
        Assert.Equal(CoolingState.Warming, ValleyReading.Of(new(new LinearRamp(100, 0, 1e-4)), CoolingRate).Phases[0].State);

    [Fact]
    public void Of_ADecayToZero_NeverHasANumberThatIsNone()
    {
        var reading = ValleyReading.Of(StandardSchedules.Linear(5_000, 1e-3), CoolingRate);

        Assert.All(reading.Phases, phase => Assert.False(double.IsNaN(phase.FastestFall) || double.IsNaN(phase.HottestRatio)));
        Assert.Equal(CoolingState.OutOfEquilibrium, reading.Phases[0].State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Of_NoCoolingRate_Throws(double coolingRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValleyReading.Of(StandardSchedules.Constant(10, 1), coolingRate));
}
