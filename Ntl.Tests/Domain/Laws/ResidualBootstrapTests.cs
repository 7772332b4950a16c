using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws;

public sealed class ResidualBootstrapTests
{
    private const double Peak = 1e-3;

    private static readonly RiverValleyLaw s_truth = new(LawKind.Newton)
    {
        ReferenceRate = Peak,
        ColdLoss = 2.5,
        RiverScale = 0.6,
        RiverExponent = 0.5,
        Modes = [new(20, 0.1)],
    };

    // Curves shorter than a block of ten were drawn as they stood: intervals of no width beside the value.
    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(25)]
    public void Fit_ShortCurves_EveryIntervalHasAWidthAndHoldsItsValue(int losses)
    {
        var fit = LawFitting.Fit(LawKind.Newton, Curves(losses), new() { SkippedShare = 0 }, TestContext.Current.CancellationToken);

        Assert.NotEmpty(fit.Replicates);
        Assert.All(fit.Parameters.Where(parameter => parameter.Low is not null), parameter => Assert.InRange(parameter.Value, parameter.Low!.Value, parameter.High!.Value));
        var cold = fit.Parameters[0];
        Assert.True(cold.High - cold.Low > 1e-4, $"{cold.Low} … {cold.High}");
    }

    [Theory]
    [InlineData(LawKind.Newton, 5, "8 are needed in every curve")]
    [InlineData(LawKind.MultiPower, 7, "8 are needed in every curve")]
    public void Fit_TooFewLosses_GivesNoIntervalNoBandAndSaysSo(LawKind kind, int losses, string reason)
    {
        var fit = LawFitting.Fit(kind, Curves(losses), new() { SkippedShare = 0 }, TestContext.Current.CancellationToken);
        var forecast = fit.Forecast(RatePath.Of(StandardSchedules.Cosine(3000, Peak, 0, 100)));

        Assert.Empty(fit.Replicates);
        Assert.All(fit.Parameters, parameter => Assert.Null(parameter.Low));
        Assert.Null(forecast.FinalLow);
        Assert.Null(forecast.FinalHigh);
        Assert.Contains(forecast.Cautions, caution => caution.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_FewerLossesThanTwiceTheNumbers_GivesNoInterval()
    {
        var fit = LawFitting.Fit(LawKind.MultiPower, Curves(9)[..1], new() { SkippedShare = 0 }, TestContext.Current.CancellationToken);

        Assert.Empty(fit.Replicates);
        Assert.Contains(fit.Cautions, caution => caution.Contains("9 losses for 7 fitted numbers", StringComparison.Ordinal));
    }

    private static List<LossCurve> Curves(int losses) =>
    [
        Curve("cosine", StandardSchedules.Cosine(3000, Peak, 1e-4, 100), losses, 1),
        Curve("constant", StandardSchedules.Constant(3000, Peak, 100), losses, 2),
        Curve("linear", StandardSchedules.Linear(3000, Peak, 0, 100), losses, 3),
    ];

    private static LossCurve Curve(string name, ScheduleSpec schedule, int losses, int seed)
    {
        var path = RatePath.Of(schedule);
        long[] updates = [.. Enumerable.Range(1, losses).Select(i => 200 + (i * 2800L / losses))];
        var values = new double[losses];
        s_truth.Predict(path, updates, values);
        Random random = new(seed);
        return new(name, path, [.. updates.Zip(values, (at, loss) => new LossPoint(at, loss + (0.01 * (random.NextDouble() - 0.5))))]);
    }
}
