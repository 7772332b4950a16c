using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules;

public class ScheduleCutTests
{
    private static readonly Arbitrary<(ScheduleSpec Schedule, long Steps)> s_cuts =
        Arbitrary.Schedules.Generator.SelectMany(schedule => Gen.Choose(1, (int)schedule.TotalSteps).Select(steps => (schedule, (long)steps))).ToArbitrary();

    [Fact]
    public void First_AnySchedule_IsTheSameAtEachStepThatIsLeftToTheBit() => Check((schedule, steps) =>
    {
        var first = schedule.First(steps);

        Assert.Equal(steps, first.TotalSteps);
        for (var step = 0L; step < steps; step++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(schedule.LearningRate(step)), BitConverter.DoubleToInt64Bits(first.LearningRate(step)));
            Assert.Equal(BitConverter.DoubleToInt64Bits(schedule.CumulativeRate(step)), BitConverter.DoubleToInt64Bits(first.CumulativeRate(step)));
        }

        var rates = SchedulePropertyTests.Rates(first);
        Assert.Equal((rates.Min(), rates.Max()), (first.Minimum, first.Peak));
        Assert.Equal(schedule.CumulativeRate(steps), first.IntrinsicTime);
    });

    [Fact]
    public void First_AnySchedule_KeepsItsWholePhases() => Check((schedule, steps) =>
    {
        var first = schedule.First(steps);

        Assert.Equal(schedule.PhaseAt(steps - 1).Index + 1, first.Phases.Length);
        Assert.Equal(first.Phases[..^1], schedule.Phases.Take(first.Phases.Length - 1));
        Assert.Equal(schedule.Phases[first.Phases.Length - 1].FirstStep, first.Phases[^1].FirstStep);
    });

    [Fact]
    public void First_OfTheFirst_IsTheFirst() => Check((schedule, steps) =>
    {
        var fewer = (steps + 1) / 2;

        Assert.Equal(schedule.First(fewer).Hash, schedule.First(steps).First(fewer).Hash);
        Assert.Equal(schedule.Hash, schedule.First(schedule.TotalSteps).Hash);
    });

    [Fact]
    public void First_AnySchedule_ReadsBackFromItsText() => Check((schedule, steps) =>
    {
        var first = schedule.First(steps);

        var read = ScheduleSpec.Parse(first.CanonicalJson);

        Assert.Equal(first, read);
        Assert.Equal(first.Phases, read.Phases);
        Assert.Equal(SchedulePropertyTests.Rates(first), SchedulePropertyTests.Rates(read));
    });

    [Fact]
    public void First_AnySchedule_IsDrawnInOrder() => Check((schedule, steps) =>
    {
        var first = schedule.First(steps);

        var points = first.Sample(60);

        Assert.Equal(points.OrderBy(point => point.Step), points);
        Assert.Equal((0L, steps - 1), (points[0].Step, points[^1].Step));
        Assert.All(points, point => Assert.Equal(first.LearningRate(point.Step), point.Rate));
    });

    [Fact]
    public void Then_AnySchedule_GoesOnFromItsEnd() => Check((schedule, steps) =>
    {
        var branch = schedule.First(steps).Then(new ConstantRate(3, 0.5), new LinearDecay(2, 0.5, 0));

        Assert.Equal(schedule.First(steps).Hash, branch.First(steps).Hash);
        Assert.Equal(steps + 5, branch.TotalSteps);
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 0.25], SchedulePropertyTests.Rates(branch)[(int)steps..]);
        Assert.Equal(steps, branch.PhaseAt(steps).FirstStep);
    });

    [Fact]
    public void Description_CutCurve_SaysWhatIsLeftOfWhat()
    {
        var branch = StandardSchedules.Cosine(1000, 1e-3, 0, 100).First(400).Then(new LinearDecay(50, 1e-3, 0));

        Assert.Equal("Phases: warm up 100 to 1e-3, the first 300 of cosine decay 900 to 0, linear decay 50 to 0", branch.Description);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void First_NotThatManySteps_Throws(long steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScheduleSpec(new ConstantRate(10, 1)).First(steps));

    private static void Check(Action<ScheduleSpec, long> claim) => Prop.ForAll(s_cuts, cut => claim(cut.Schedule, cut.Steps)).Check(Properties.Seeded());
}
