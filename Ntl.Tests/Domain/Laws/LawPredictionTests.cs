using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws;

public sealed class LawPredictionTests
{
    private static readonly RiverValleyLaw s_valley = new(LawKind.AdaptiveSpectrum)
    {
        ReferenceRate = 1e-3,
        ColdLoss = 2.5,
        RiverScale = 0.6,
        RiverExponent = 0.5,
        ClockExponent = 0.7,
        BathExponent = 0.8,
        Modes = [new(5, 0.03), new(50, 0.05), new(500, 0.04)],
    };

    private static readonly TissueLaw s_tissue = new() { ColdLoss = 2.5, RiverScale = 0.6, RiverExponent = 0.5, AnnealingScale = 0.8, Momentum = 0.99 };

    private static readonly MultiPowerLaw s_power = new() { ColdLoss = 2.5, RiverScale = 0.6, RiverExponent = 0.5, HeatCapacity = 150, Speed = 2, Tail = 0.6, RateExponent = 0.6 };

    private static readonly FunctionalScalingLaw s_scaling = new()
    {
        ColdLoss = 2.5,
        RiverScale = 0.6,
        RiverExponent = 0.5,
        HeatCapacity = 120,
        EarlyCapacity = 60,
        Speed = 200,
        Tail = 0.6,
    };

    private static readonly PeakTransferLaw s_transfer = new()
    {
        ReferenceRate = 1e-3,
        ColdLoss = 2.5,
        RiverScale = 0.5,
        RiverExponent = 0.5,
        Knee = 4e-4,
        WeightDecay = 0.1,
        Modes = [new(5e-4, 0.05), new(5e-3, 0.1), new(0.1, 0.05)],
    };

    private static readonly LossLaw[] s_laws = [s_valley, s_tissue, s_power, s_scaling, s_transfer];

    public static TheoryData<int> AnyLaw => [.. Enumerable.Range(0, s_laws.Length)];

    [Fact]
    public void RiverValley_ConstantRate_IsTheClosedForm()
    {
        var path = RatePath.OfRates([.. Enumerable.Repeat(5e-4, 1000)]);

        var losses = Predict(s_valley, path, 1, 10, 999, 1000);

        Assert.All(losses.Zip(new long[] { 1, 10, 999, 1000 }), pair =>
        {
            var river = 1e-3 * Math.Pow(0.5, 0.7) * pair.Second;
            var heat = s_valley.Modes.Sum(mode => mode.Heat * Math.Pow(0.5, 0.8) * (1 - Math.Exp(-mode.CoolingRate * 5e-4 * pair.Second)));
            Assert.Equal(2.5 + (0.6 * Math.Pow(river, -0.5)) + heat, pair.First, 1e-12);
        });
    }

    [Fact]
    public void RiverValley_ManySteps_IsTheRecursionStepByStep()
    {
        var rates = Wave(700);
        var path = RatePath.OfRates(rates);
        var (river, heats) = (0.0, new double[3]);
        foreach (var rate in rates)
        {
            river += 1e-3 * Math.Pow(rate / 1e-3, 0.7);
            for (var j = 0; j < 3; j++)
            {
                var stay = Math.Exp(-s_valley.Modes[j].CoolingRate * rate);
                heats[j] = (heats[j] * stay) + (Math.Pow(rate / 1e-3, 0.8) * (1 - stay));
            }
        }

        var expected = 2.5 + (0.6 * Math.Pow(river, -0.5)) + s_valley.Modes.Zip(heats, (mode, heat) => mode.Heat * heat).Sum();

        Assert.Equal(expected, s_valley.PredictFinal(path), 1e-12);
    }

    [Fact]
    public void MultiPower_ManySteps_IsTheFormulaAsWritten()
    {
        var rates = Wave(600);
        var path = RatePath.OfRates(rates);
        long[] updates = [1, 2, 60, 333, 600];

        var losses = Predict(s_power, path, updates);

        Assert.All(losses.Zip(updates), pair => Assert.Equal(AsWritten(s_power, rates, (int)pair.Second), pair.First, 1e-8));
    }

    [Fact]
    public void FunctionalScaling_RatesThatFall_IsTheFormulaAsWritten()
    {
        double[] rates = [.. Enumerable.Range(1, 20).Select(i => i * 5e-5), .. Enumerable.Range(0, 300).Select(i => 1e-3 * (1 - (i / 400.0)))];
        var times = rates.Select((_, i) => rates.Take(i + 1).Sum()).ToArray();
        var released = 0.0;
        for (var j = 20; j < rates.Length; j++)
        {
            var source = times[j - 1];
            var capacity = 120 + (60 * Math.Pow(source, -0.5));
            released += (rates[j - 1] - rates[j]) * capacity * (1 - Math.Pow(1 + (200 * (times[^1] - source)), -0.6));
        }

        Assert.Equal(2.5 + (0.6 * Math.Pow(times[^1], -0.5)) - released, s_scaling.PredictFinal(RatePath.OfRates(rates)), 1e-7);
    }

    [Fact]
    public void PeakTransfer_HeldRate_KeepsHeatByTheCubeRootOfIt()
    {
        var (low, high) = (Held(2.5e-4), Held(2e-3));

        Assert.Equal(2, high / low, 1e-3);

        static double Held(double rate)
        {
            var path = RatePath.OfRates([.. Enumerable.Repeat(rate, 40_000)]);
            return s_transfer.PredictFinal(path) - (s_transfer with { Modes = [] }).PredictFinal(path);
        }
    }

    [Fact]
    public void PeakTransfer_WeightDecay_ForgetsTheRateThatWas()
    {
        var path = RatePath.OfRates([.. Enumerable.Repeat(2e-3, 5000), .. Enumerable.Repeat(5e-4, 20_000)]);

        var (remembers, forgets) = (s_transfer with { WeightDecay = 0 }, s_transfer with { WeightDecay = 10 });

        // Whoever has forgotten is at the low rate's own equilibrium; whoever remembers the high one sees a small relative
        // rate, and is colder.
        Assert.InRange(forgets.PredictFinal(path) - remembers.PredictFinal(path), 0.02, 0.1);
    }

    [Fact]
    public void MultiPower_RateThatEndsAtZero_IsFinite()
    {
        var path = RatePath.OfRates([.. Wave(50), 1e-12, 0, 0, 0]);

        Assert.True(double.IsFinite(s_power.PredictFinal(path)));
    }

    [Fact]
    public void Tissue_ManySteps_IsTheRecursionStepByStep()
    {
        double[] rates = [.. Enumerable.Range(1, 20).Select(i => i * 5e-5), .. Enumerable.Range(0, 300).Select(i => 1e-3 * (1 - (i / 400.0)))];
        var (momentum, released) = (0.0, 0.0);
        for (var i = 20; i < rates.Length; i++)
        {
            momentum = (0.99 * momentum) + (rates[i - 1] - rates[i]);
            released += momentum;
        }

        var expected = 2.5 + (0.6 * Math.Pow(rates.Sum(), -0.5)) - (0.8 * released);

        Assert.Equal(expected, s_tissue.PredictFinal(RatePath.OfRates(rates)), 1e-12);
    }

    [Theory]
    [MemberData(nameof(AnyLaw))]
    public void Predict_OnPieces_IsNearlyStepByStep(int law)
    {
        var schedule = StandardSchedules.WarmupStableDecay(20_000, 1e-3, DecayShape.Linear, 4000, warmupSteps: 500);
        long[] updates = [600, 5000, 16_000, 16_500, 18_000, 20_000];

        var exact = Predict(Law(law), RatePath.Of(schedule, 20_000), updates);
        var pieces = Predict(Law(law), RatePath.Of(schedule, 600), updates);

        Assert.All(exact.Zip(pieces), pair => Assert.Equal(pair.First, pair.Second, 2e-4));
    }

    [Theory]
    [MemberData(nameof(AnyLaw))]
    public void Predict_ManySamplesAtOnce_IsEachAlone(int law)
    {
        var path = RatePath.Of(StandardSchedules.Cosine(800, 1e-3, 1e-5, 40));
        long[] updates = [40, 41, 41, 300, 555, 800];

        var together = Predict(Law(law), path, updates);

        Assert.All(updates.Zip(together), pair => Assert.Equal(Predict(Law(law), path, pair.First)[0], pair.Second, 1e-12));
    }

    [Fact]
    public void Predict_RatesAndReferenceScaledTogether_ScalesCoolingOnly()
    {
        var rates = Wave(400);
        var scaled = s_valley with
        {
            ReferenceRate = 10 * s_valley.ReferenceRate,
            RiverScale = s_valley.RiverScale * Math.Pow(10, s_valley.RiverExponent),
            Modes = [.. s_valley.Modes.Select(mode => mode with { CoolingRate = mode.CoolingRate / 10 })],
        };

        Assert.Equal(s_valley.PredictFinal(RatePath.OfRates(rates)), scaled.PredictFinal(RatePath.OfRates([.. rates.Select(rate => 10 * rate)])), 1e-12);
    }

    [Fact]
    public void Predict_ABillionSteps_CostsPieces()
    {
        var path = RatePath.Of(StandardSchedules.Cosine(1_000_000_000, 1e-3, 1e-5, 1_000_000));

        Assert.All(s_laws, law => Assert.InRange(law.PredictFinal(path), 2.3, 2.6));
    }

    [Fact]
    public void Predict_RatesOfZero_IsInfiniteAndNoMore() =>
        Assert.All(s_laws, law => Assert.Equal(double.PositiveInfinity, law.PredictFinal(RatePath.OfRates([0, 0, 0]))));

    [Fact]
    public void Predict_UpdatesThatFallOrLieOutside_Throws()
    {
        var path = RatePath.OfRates([1e-3, 1e-3]);

        Assert.Throws<ArgumentException>(() => Predict(s_valley, path, 0));
        Assert.Throws<ArgumentException>(() => Predict(s_valley, path, 3));
        Assert.Throws<ArgumentException>(() => Predict(s_valley, path, 2, 1));
        Assert.Throws<ArgumentException>(() => s_valley.Predict(path, [1], new double[2]));
    }

    [Theory]
    [MemberData(nameof(AnyLaw))]
    public void Parameters_AnyLaw_BeginWithTheColdLossAndReadInWords(int law)
    {
        Assert.Equal(("L₀", 2.5), (Law(law).Parameters[0].Symbol, Law(law).Parameters[0].Value));
        Assert.All(Law(law).Parameters, parameter => Assert.EndsWith(".", parameter.Reading, StringComparison.Ordinal));
    }

    private static LossLaw Law(int law) => s_laws[law];

    private static double[] Predict(LossLaw law, RatePath path, params long[] updates)
    {
        var losses = new double[updates.Length];
        law.Predict(path, updates, losses);
        return losses;
    }

    // Warm-up, then waves: every step changes, up and down.
    private static double[] Wave(int steps) => [.. Enumerable.Range(1, steps).Select(i => Math.Min(1, i / 30.0) * (6e-4 + (4e-4 * Math.Cos(i / 25.0))))];

    private static double AsWritten(MultiPowerLaw law, double[] rates, int updates)
    {
        var (time, sum) = (rates.Take(updates).Sum(), 0.0);
        for (var k = 0; k < updates; k++)
        {
            var since = time - rates.Take(k).Sum();
            var change = rates[k] - (k == 0 ? 0 : rates[k - 1]);
            sum += change * (1 - Math.Pow(1 + (law.Speed * Math.Pow(rates[k], -law.RateExponent) * since), -law.Tail));
        }

        return law.ColdLoss + (law.RiverScale * Math.Pow(time, -law.RiverExponent)) + (law.HeatCapacity * sum);
    }
}
