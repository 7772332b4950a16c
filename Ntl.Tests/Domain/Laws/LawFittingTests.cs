using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws;

public sealed class LawFittingTests
{
    private const double Peak = 1e-3;

    private static readonly RiverValleyLaw s_truth = new(LawKind.Newton)
    {
        ReferenceRate = Peak,
        ColdLoss = 2.2,
        RiverScale = 0.5,
        RiverExponent = 0.45,
        Modes = [new(20, 0.12)],
    };

    private static readonly LawFitOptions s_fitAlone = new() { Replicates = 0, LeaveOneOut = false };

    [Fact]
    public void Fit_CurvesOfANewtonLaw_FindsItsNumbers()
    {
        var fit = LawFitting.Fit(LawKind.Newton, Curves(s_truth, noise: 0), s_fitAlone, TestContext.Current.CancellationToken);

        var law = Assert.IsType<RiverValleyLaw>(fit.Law);
        Assert.Equal(2.2, law.ColdLoss, 0.002);
        Assert.Equal(0.45, law.RiverExponent, 0.002);
        Assert.Equal(0.12, law.Heat, 0.001);
        Assert.Equal(20, law.Modes[0].CoolingRate, 0.2);
        Assert.InRange(fit.TrainError, 0, 1e-4);
    }

    [Theory]
    [InlineData(LawKind.Spectrum)]
    [InlineData(LawKind.RiverSpectrum)]
    [InlineData(LawKind.MultiPower)]
    public void Fit_ALawThatHoldsNewtonsNearly_PredictsAnUnseenSchedule(LawKind kind)
    {
        var unseen = RatePath.Of(StandardSchedules.WarmupStableDecay(4000, Peak, DecayShape.Linear, 800, warmupSteps: 100));

        var fit = LawFitting.Fit(kind, Curves(s_truth, noise: 0), s_fitAlone, TestContext.Current.CancellationToken);

        Assert.Equal(s_truth.PredictFinal(unseen), fit.Law.PredictFinal(unseen), 0.01);
    }

    [Fact]
    public void Fit_TransferLawOnItsOwnCurves_PredictsAnotherPeakAndTakesTheRunsWeightDecay()
    {
        PeakTransferLaw truth = new()
        {
            ReferenceRate = Peak,
            ColdLoss = 2.5,
            RiverScale = 0.5,
            RiverExponent = 0.5,
            Knee = PeakTransferLaw.AssumedKnee,
            WeightDecay = 0.5,
            Modes = [new(2e-3, 0.05), new(0.02, 0.1)],
        };
        var unseen = RatePath.Of(StandardSchedules.Cosine(4000, Peak / 2, 0, 100));
        List<LossCurve> curves = [.. Curves(truth, noise: 0).Select(curve => curve with { WeightDecay = 0.5 })];

        var fit = LawFitting.Fit(LawKind.PeakTransfer, curves, s_fitAlone, TestContext.Current.CancellationToken);

        var law = Assert.IsType<PeakTransferLaw>(fit.Law);
        Assert.Equal((0.5, PeakTransferLaw.AssumedKnee, false), (law.WeightDecay, law.Knee, law.IsKneeFitted));
        Assert.Equal(truth.PredictFinal(unseen), law.PredictFinal(unseen), 0.002);
        Assert.Empty(fit.Cautions);
    }

    [Fact]
    public void Fit_TransferLawWithoutAKnownWeightDecay_SaysWhatItAssumed()
    {
        var curves = Curves(s_truth, noise: 0);

        var assumed = LawFitting.Fit(LawKind.PeakTransfer, curves, s_fitAlone, TestContext.Current.CancellationToken);
        var given = LawFitting.Fit(LawKind.PeakTransfer, curves, s_fitAlone with { WeightDecay = 0.3 }, TestContext.Current.CancellationToken);
        var mixed = LawFitting.Fit(
            LawKind.PeakTransfer, [curves[0] with { WeightDecay = 0.2 }, .. curves[1..]], s_fitAlone with { WeightDecay = 0.3 }, TestContext.Current.CancellationToken);

        Assert.Contains(assumed.Cautions, caution => caution.Contains("λ = 0.1", StringComparison.Ordinal));
        Assert.Empty(given.Cautions);
        Assert.Equal(0.3, ((PeakTransferLaw)given.Law).WeightDecay);
        Assert.Contains(mixed.Cautions, caution => caution.Contains("0.2, 0.3", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_PeaksThatSpanAFactorOfFour_FitsTheKnee()
    {
        var curves = Curves(s_truth, noise: 0);
        var low = Curve("low", s_truth, RatePath.Of(StandardSchedules.Cosine(4000, Peak / 4, 1e-5, 100)), 20, 0, 1);

        var law = LawFitting.Fit(LawKind.PeakTransfer, [.. curves, low], s_fitAlone, TestContext.Current.CancellationToken).Law;

        Assert.True(Assert.IsType<PeakTransferLaw>(law).IsKneeFitted);
    }

    [Fact]
    public void Fit_NoisyCurves_HoldsTheTruthInMostIntervals()
    {
        var fit = LawFitting.Fit(LawKind.Newton, Curves(s_truth, noise: 0.01), new(), TestContext.Current.CancellationToken);

        Assert.Equal(40, fit.Replicates.Length);
        Assert.Equal(3, fit.LeaveOneOut.Length);
        var truth = s_truth.Parameters;
        Assert.InRange(fit.Parameters.Where((parameter, i) => truth[i].Value >= parameter.Low && truth[i].Value <= parameter.High).Count(), truth.Length - 2, truth.Length);
        Assert.All(fit.Parameters, parameter => Assert.InRange(parameter.Value, parameter.Low!.Value - 1e-9, parameter.High!.Value + 1e-9));
    }

    [Fact]
    public void Fit_SameSeed_IsTheSameToTheBit()
    {
        var curves = Curves(s_truth, noise: 0.01);

        var first = LawFitting.Fit(LawKind.AdaptiveSpectrum, curves, new() { Replicates = 5 }, TestContext.Current.CancellationToken);
        var second = LawFitting.Fit(LawKind.AdaptiveSpectrum, curves, new() { Replicates = 5 }, TestContext.Current.CancellationToken);

        Assert.Equal(LawFitJson.Write(first), LawFitJson.Write(second));
    }

    [Fact]
    public void Fit_SpikesAndHoles_LeavesThemOut()
    {
        var curves = Curves(s_truth, noise: 0.001);
        var broken = curves[0] with
        {
            Points = [.. curves[0].Points.Select((point, i) => i switch { 50 => point with { Loss = double.NaN }, 90 => point with { Loss = point.Loss + 2 }, _ => point })],
        };

        var fit = LawFitting.Fit(LawKind.Newton, [broken, curves[1], curves[2]], s_fitAlone, TestContext.Current.CancellationToken);

        Assert.Equal(0.12, ((RiverValleyLaw)fit.Law).Heat, 0.01);
        Assert.Contains(fit.Cautions, caution => caution.StartsWith("1 loss ", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_ConstantRatesOnly_SaysThatCoolingWasNotSeen()
    {
        var fit = LawFitting.Fit(LawKind.AdaptiveSpectrum, [Curves(s_truth, noise: 0)[1]], new() { Replicates = 5 }, TestContext.Current.CancellationToken);
        var forecast = fit.Forecast(RatePath.Of(StandardSchedules.Cosine(3000, Peak, 0, 100)));

        Assert.Equal(0.8, ((RiverValleyLaw)fit.Law).BathExponent);
        Assert.Contains(fit.Cautions, caution => caution.Contains("No training curve cools", StringComparison.Ordinal));
        Assert.Contains(forecast.Cautions, caution => caution.Contains("no fitted curve does", StringComparison.Ordinal));
        Assert.True(forecast.FinalHigh - forecast.FinalLow > 0.03);
    }

    [Fact]
    public void Fit_ShortRunsOfASmallModel_IsFiniteAndMeetsThem()
    {
        // 300 steps at a high rate, per-step losses with much noise: what a lab's own small runs are.
        var truth = s_truth with { ReferenceRate = 0.01, RiverScale = 0.9, Modes = [new(3, 0.3)] };
        var curves = new[] { StandardSchedules.Cosine(300, 0.01, 1e-3, 20), StandardSchedules.Constant(300, 0.01, 20) }
            .Select((schedule, i) => Curve($"run {i}", truth, RatePath.Of(schedule), spacing: 1, noise: 0.05, seed: i)).ToList();

        Assert.All(LawNames.All, kind =>
        {
            var fit = LawFitting.Fit(kind, curves, new() { Replicates = 4 }, TestContext.Current.CancellationToken);
            var forecast = fit.Forecast(curves[0].Path);
            Assert.True(forecast.FinalLow < forecast.FinalLoss && forecast.FinalLoss < forecast.FinalHigh);
            Assert.InRange(fit.TrainError, 0, kind is LawKind.PowerLaw ? 0.2 : 0.08);
        });
    }

    [Fact]
    public void Forecast_OutsideTheFittedRange_SaysWhere()
    {
        var fit = LawFitting.Fit(LawKind.Newton, Curves(s_truth, noise: 0), s_fitAlone, TestContext.Current.CancellationToken);

        var cautions = fit.Forecast(RatePath.OfRates([.. Enumerable.Repeat(3e-3, 20_000), .. Enumerable.Repeat(1e-6, 3), .. Enumerable.Repeat(2e-3, 5), 1e-6])).Cautions;

        Assert.Contains(cautions, caution => caution.Contains("3 times the nearest fitted peak", StringComparison.Ordinal));
        Assert.Contains(cautions, caution => caution.Contains("times as far", StringComparison.Ordinal));
        Assert.Contains(cautions, caution => caution.Contains("falls to a rate", StringComparison.Ordinal));
        Assert.Contains(cautions, caution => caution.Contains("faster than the fitted losses resolve", StringComparison.Ordinal));
        Assert.Contains(cautions, caution => caution.Contains("rises again", StringComparison.Ordinal));
        Assert.Empty(fit.Forecast(Curves(s_truth, noise: 0)[0].Path).Cautions);
    }

    [Fact]
    public void Forecast_AnyPath_EndsAtItsEndWithinItsBand()
    {
        var fit = LawFitting.Fit(LawKind.Newton, Curves(s_truth, noise: 0.005), new(), TestContext.Current.CancellationToken);
        var path = RatePath.Of(StandardSchedules.Cosine(3000, Peak, 0, 100));

        var forecast = fit.Forecast(path, 50);

        Assert.Equal((50, 3000L), (forecast.Points.Length, forecast.Points[^1].Updates));
        Assert.Equal(fit.Law.PredictFinal(path), forecast.FinalLoss, 1e-12);
        Assert.All(forecast.Points, point => Assert.True(point.Low < point.Loss && point.Loss < point.High));
    }

    [Fact]
    public void Gain_SameSchedule_IsNothingForSure()
    {
        var fit = LawFitting.Fit(LawKind.Newton, Curves(s_truth, noise: 0.005), new(), TestContext.Current.CancellationToken);
        var path = RatePath.Of(StandardSchedules.Cosine(3000, Peak, 0, 100));

        var gain = fit.Gain(path, path);

        Assert.Equal((0, 0.0, 0.0), (gain.Gain, gain.Low, gain.High));
        Assert.NotEmpty(gain.Cautions);
    }

    [Fact]
    public void Fit_CancelledOrImpossible_Throws()
    {
        var curves = Curves(s_truth, noise: 0);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => LawFitting.Fit(LawKind.MultiPower, curves, null, cancelled.Token));
        Assert.Throws<ArgumentException>(() => LawFitting.Fit(LawKind.Newton, [], null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => LawFitting.Fit(LawKind.Newton, [curves[0] with { Points = [.. curves[0].Points.Take(3)] }], null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => LawFitting.Fit(LawKind.Newton, [curves[0] with { Points = [new(99_999, 3)] }], null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => LawFitting.Fit(LawKind.Newton, [curves[0] with { Path = RatePath.OfRates(new double[4000]) }], null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => LawFitting.Fit(LawKind.Newton, curves, new() { Replicates = -1 }, TestContext.Current.CancellationToken));
    }

    private static List<LossCurve> Curves(LossLaw truth, double noise) =>
    [
        Curve("cosine", truth, RatePath.Of(StandardSchedules.Cosine(4000, Peak, 1e-4, 100)), 20, noise, 1),
        Curve("constant", truth, RatePath.Of(StandardSchedules.Constant(4000, Peak, 100)), 20, noise, 2),
        Curve("fall", truth, RatePath.Of(new ScheduleSpec(new LinearRamp(100, 0, Peak), new ConstantRate(1400, Peak), new ConstantRate(1500, 3e-4))), 20, noise, 3),
    ];

    private static LossCurve Curve(string name, LossLaw truth, RatePath path, int spacing, double noise, int seed)
    {
        long[] updates = [.. Enumerable.Range(1, (int)path.Steps / spacing).Select(i => (long)i * spacing)];
        var losses = new double[updates.Length];
        truth.Predict(path, updates, losses);
        Random random = new(seed);
        return new(name, path, [.. updates.Zip(losses, (at, loss) => new LossPoint(at, loss + (noise * Normal(random))))]);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
