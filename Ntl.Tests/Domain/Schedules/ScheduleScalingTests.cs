using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Schedules;

public sealed class ScheduleScalingTests
{
    public static TheoryData<string> Schedules => [.. All().Select(schedule => schedule.CanonicalJson)];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Scaled_EveryRate_IsMultiplied(string json)
    {
        var schedule = ScheduleSpec.Parse(json);
        var scaled = schedule.Scaled(0.9);

        Assert.Equal(schedule.TotalSteps, scaled.TotalSteps);
        for (var step = 0L; step < schedule.TotalSteps; step++)
        {
            Assert.Equal(0.9 * schedule.LearningRate(step), scaled.LearningRate(step), 1e-15);
        }

        Assert.Equal(0.9 * schedule.IntrinsicTime, scaled.IntrinsicTime, 1e-12);
    }

    [Fact]
    public void Scaled_ByNoFactor_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardSchedules.Constant(10, 1e-3).Scaled(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardSchedules.Constant(10, 1e-3).Scaled(double.NaN));
        Assert.Throws<InvalidScheduleException>(() => StandardSchedules.Constant(10, 1e-3).Scaled(1e12));
    }

    private static IEnumerable<ScheduleSpec> All() =>
    [
        StandardSchedules.Constant(40, 1e-3, 5),
        StandardSchedules.Linear(40, 1e-3, 1e-4, 5),
        StandardSchedules.Cosine(40, 1e-3, 1e-4, 5),
        .. Enum.GetValues<DecayShape>().Select(shape => StandardSchedules.WarmupStableDecay(40, 1e-3, shape, 20, 1e-5, 5)),
        StandardSchedules.InverseSquareRoot(40, 1e-3, 5),
        StandardSchedules.Hyperbolic(40, 1e-3, 1e-4, 5),
        StandardSchedules.Polynomial(40, 1e-3, 1.5, 0, 5),
        StandardSchedules.Exponential(40, 1e-3, 1e-5, 5),
        new(new StepDecay(40, 1e-3, 1e-5, 0.5, 7)),
        StandardSchedules.Points(new RatePoint(0, 1e-3), new RatePoint(20, 2e-3), new RatePoint(40, 0)),
        new(new ExpressionPhase(40, "peak*(1-t)^1.5", new Dictionary<string, double>(StringComparer.Ordinal) { ["peak"] = 1e-3 })),
        StandardSchedules.Cosine(40, 1e-3, 1e-4, 5).First(20),
    ];
}
