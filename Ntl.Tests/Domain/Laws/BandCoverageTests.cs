using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Laws;

/// <summary>Whether 90 % bands hold about 90 % of final losses that no fit has seen. docs/theory/prediction.md has the table for every law.</summary>
public sealed class BandCoverageTests
{
    private static readonly LawFitOptions s_options = new() { Replicates = 20 };

    [Theory]
    [InlineData(LawKind.Equilibrium)]
    [InlineData(LawKind.Spectrum)]
    [InlineData(LawKind.AdaptiveSpectrum)]
    public void Of_PublicCurvesOfOnePeak_HoldsMostFinalsOfUnseenSchedules(LawKind kind)
    {
        var finals = new[] { 25, 100 }
            .SelectMany(model => BandCoverage.Of(kind, CoverageStudy.LeaveOneOut, SharedData.Curves(model, [.. SharedData.TrainCurves, .. SharedData.TestCurves]), s_options, TestContext.Current.CancellationToken))
            .ToList();

        Assert.Equal(18, finals.Count);
        // Of eighteen, 90 % ± two binomial deviations.
        Assert.InRange(finals.Count(final => final.IsInside), 14, 18);
        Assert.All(finals, final => Assert.Equal(0, final.PeakDistance));
    }

    [Fact]
    public void Of_SimulatedRuns_HoldsMostTrueFinals()
    {
        var finals = BandCoverage.Of(LawKind.Newton, CoverageStudy.Simulated, Family(1e-3), s_options, TestContext.Current.CancellationToken).ToList();

        Assert.NotEmpty(finals);
        Assert.InRange(finals.Count(final => final.IsInside) / (double)finals.Count, 0.80, 1);
    }

    [Fact]
    public void Of_TwoPeaks_KeepsEachPeakOut()
    {
        LossCurve[] curves = [.. Family(1e-3), .. Family(2e-3)];

        var finals = BandCoverage.Of(LawKind.Newton, CoverageStudy.LeaveOnePeakOut, curves, s_options, TestContext.Current.CancellationToken).ToList();

        Assert.Equal(curves.Length, finals.Count);
        Assert.All(finals, final => Assert.Equal(Math.Log(2), final.PeakDistance, 1e-9));
    }

    [Fact]
    public void Of_OnePeak_IsNoStudyOfPeaks()
    {
        Assert.Empty(BandCoverage.Of(LawKind.Newton, CoverageStudy.LeaveOnePeakOut, Family(1e-3), s_options, TestContext.Current.CancellationToken));
        Assert.Empty(BandCoverage.Of(LawKind.Newton, CoverageStudy.OnePeak, Family(1e-3), s_options, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1.09, false)]
    [InlineData(1.11, true)]
    [InlineData(0.92, false)]
    [InlineData(0.89, true)]
    [InlineData(2, true)]
    public void Forecast_PeakMoreThanTenPercentAway_WarnsAndWidens(double ratio, bool isAway)
    {
        var fit = LawFitting.Fit(LawKind.Newton, Family(1e-3), s_options, TestContext.Current.CancellationToken);

        var near = fit.Forecast(RatePath.Of(StandardSchedules.Cosine(2000, 1e-3, 0, 100)));
        var forecast = fit.Forecast(RatePath.Of(StandardSchedules.Cosine(2000, ratio * 1e-3, 0, 100)));

        Assert.Equal(isAway, forecast.Cautions.Any(caution => caution.Contains("nearest fitted peak", StringComparison.Ordinal)));
        Assert.Equal(isAway, Width(forecast) > 1.2 * Width(near));

        static double Width(LossForecast some) => (some.FinalHigh - some.FinalLow)!.Value / some.FinalLoss;
    }

    [Theory]
    [InlineData(1e-4, 0)]
    [InlineData(4.8e-4, 0)]
    [InlineData(4e-3, 0.6931)]
    [InlineData(1e-3, 0.3466)] // half of ln 2, the nearest fitted peak being 5e-4 or 2e-3
    public void PeakDistance_OfThreeFittedPeaks_IsToTheNearest(double peak, double expected)
    {
        FittedRange range = new(1e-4, 2e-3, 1e-5, 0.1, 10, 10_000, 0.05, HasCooling: true, HasHeating: false) { InnerPeaks = [5e-4] };

        Assert.Equal(expected, range.PeakDistance(peak), 1e-4);
        Assert.Equal(expected == 0, range.HasPeak(peak));
    }

    [Fact]
    public void Fit_ThreePeaks_IsStoredWithThem()
    {
        var fit = LawFitting.Fit(LawKind.Newton, [.. Family(1e-3), .. Family(2e-3), .. Family(4e-3)], s_options, TestContext.Current.CancellationToken);

        var read = LawFitJson.Read(LawFitJson.Write(fit));

        Assert.Equal([2e-3], fit.Range.InnerPeaks);
        Assert.Equal(fit.Range.InnerPeaks.AsEnumerable(), read.Range.InnerPeaks);
    }

    private static List<LossCurve> Family(double peak)
    {
        RiverValleyLaw truth = new(LawKind.Newton) { ReferenceRate = 1e-3, ColdLoss = 2.5, RiverScale = 0.6, RiverExponent = 0.5, Modes = [new(20, 0.1)] };
        ScheduleSpec[] schedules =
        [
            StandardSchedules.Cosine(2000, peak, 0.1 * peak, 100), StandardSchedules.Constant(2000, peak, 100), StandardSchedules.Linear(2000, peak, 0, 100),
            StandardSchedules.WarmupStableDecay(2000, peak, DecayShape.Linear, 400, 0, 100), StandardSchedules.Cosine(3000, peak, 0, 100),
        ];
        return [.. schedules.Select((schedule, i) => Curve(FormattableString.Invariant($"{i} at {peak}"), truth, RatePath.Of(schedule), i))];
    }

    private static LossCurve Curve(string name, LossLaw truth, RatePath path, int seed)
    {
        long[] updates = [.. Enumerable.Range(1, (int)path.Steps / 40).Select(i => i * 40L)];
        var losses = new double[updates.Length];
        truth.Predict(path, updates, losses);
        Random random = new(seed);
        return new(name, path, [.. updates.Zip(losses, (at, loss) => new LossPoint(at, loss + (0.006 * (random.NextDouble() - 0.5))))]);
    }
}
