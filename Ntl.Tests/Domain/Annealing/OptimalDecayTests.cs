using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Annealing;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Annealing;

public class OptimalDecayTests
{
    private const int Steps = 600;
    private static readonly ValleyMode[] s_octaves = [.. Enumerable.Range(0, 8).Select(k => new ValleyMode(Math.Pow(2, -k), 1))];
    private static readonly Lazy<OptimalDecay> s_best = new(() => Solve(Octaves(mustFall: false)));

    [Fact]
    public void Solve_OneDirection_FindsTheHyperbolicLaw()
    {
        var mode = new ValleyMode(1, 1);
        var law = HyperbolicLaw.FromEquilibrium(mode, 0.1);

        var decay = Solve(new([mode], 0.1, 300, 1e-6, 1, mustFall: true));

        AssertRelative(law.ThermalLossAfter(300), decay.ThermalLoss, 1e-9);
        for (var step = 0; step < 300; step++)
        {
            AssertRelative(law.RateAt(step), decay.Rates[step], 1e-3);
        }
    }

    [Fact]
    public void Solve_EightOctavesOfCurvature_IsTheKnownOptimum()
    {
        // Found elsewhere over log-rates straight between 24 knots; 600 free rates do better by less than its last digit.
        AssertRelative(0.07743, s_best.Value.ThermalLoss, 1e-4);
        Assert.InRange(s_best.Value.Residual, 0, 1e-7);
        Assert.All(
            new[] { 0, 149, 299, 449, 539, 599 }.Zip([0.04998, 0.0370, 0.02534, 0.01465, 0.00938, 0.00697]),
            pair => AssertRelative(pair.Second, s_best.Value.Rates[pair.First], 0.002));
    }

    [Fact]
    public void Solve_EightOctavesOfCurvature_OrdersTheTunedShapes()
    {
        var problem = Octaves(mustFall: false);
        var peaks = Geometric(0.005, 0.5, 60).ToArray();
        double Tuned(Func<double, double> shape) =>
            peaks.Min(peak => problem.ThermalLoss([.. Enumerable.Range(0, Steps).Select(step => peak * shape(step / (double)Steps))]));

        var hyperbolic = Geometric(0.06, 180, 60).Min(k => Tuned(x => 1 / (1 + k * x)));
        var linear = Tuned(x => 1 - x);
        var cosine = Tuned(x => (1 + Math.Cos(Math.PI * x)) / 2);

        AssertRelative(0.07874, hyperbolic, 0.003);
        AssertRelative(0.07902, linear, 0.003);
        AssertRelative(0.08235, cosine, 0.003);
        Assert.True(s_best.Value.ThermalLoss < hyperbolic && hyperbolic < linear && linear < cosine);
    }

    [Fact]
    public void Solve_MustFallInABox_StaysInsideAndCostsLittle()
    {
        var decay = Solve(new(s_octaves, 0.1, Steps, 0.01, 0.04, mustFall: true));

        Assert.All(decay.Rates, rate => Assert.InRange(rate, 0.01 * (1 - 1e-12), 0.04 * (1 + 1e-12)));
        Assert.All(decay.Rates.Zip(decay.Rates.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.Equal(0.04, decay.Rates[0], 1e-12);
        Assert.Equal(0.01, decay.Rates[^1], 1e-12);
        Assert.InRange(decay.ThermalLoss, s_best.Value.ThermalLoss, 1.02 * s_best.Value.ThermalLoss);
    }

    // The optimum falls by itself; the way to it does not.
    [Fact]
    public void Solve_StoppedEarly_FallsIfItMust()
    {
        var rises = 0;
        for (var iterations = 1; iterations <= 10; iterations++)
        {
            var falling = OptimalDecay.Solve(Octaves(mustFall: true), iterations, 0, TestContext.Current.CancellationToken);
            var free = OptimalDecay.Solve(Octaves(mustFall: false), iterations, 0, TestContext.Current.CancellationToken);

            Assert.All(falling.Rates.Zip(falling.Rates.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
            Assert.InRange(falling.Iterations, 1, iterations);
            rises += free.Rates.Zip(free.Rates.Skip(1)).Count(pair => pair.Second > pair.First * (1 + 1e-9));
        }

        Assert.True(rises > 0);
    }

    [Fact]
    public void Solve_FallingOptimum_IsStationary()
    {
        var problem = Octaves(mustFall: true);
        var decay = Solve(problem);
        var random = new Random(5);
        for (var trial = 0; trial < 200; trial++)
        {
            // Any other falling sequence nearby: scale all rates up to a step.
            var last = random.Next(Steps);
            var factor = 1 + 0.05 * random.NextDouble();
            double[] other = [.. decay.Rates.Select((rate, step) => step <= last ? rate * factor : rate)];

            Assert.True(problem.ThermalLoss(other) > decay.ThermalLoss * (1 - 1e-9));
        }
    }

    [Fact]
    public void ThermalLoss_AnyRates_HasTheSlopeOfItsDifferences() => Prop.ForAll(
        Mode.ListOf(3).ToArbitrary(), Between(0.01, 1).ArrayOf(6).ToArbitrary(), Gen.Choose(0, 5).ToArbitrary(), (modes, shares, at) =>
        {
            var unit = 1 / modes.Max(mode => mode.Curvature);
            var problem = new DecayProblem(modes, 0.5 * unit, 6, 1e-9 * unit, unit, mustFall: false);
            double[] rates = [.. shares.Select(share => share * unit)];
            var gradient = new double[6];
            var loss = problem.ThermalLoss(rates, gradient);
            var shift = 1e-5 * rates[at];
            rates[at] += shift;
            var above = problem.ThermalLoss(rates);
            rates[at] -= 2 * shift;
            var below = problem.ThermalLoss(rates);

            Assert.Equal((above - below) / (2 * shift), gradient[at], 1e-6 * (loss / unit + Math.Abs(gradient[at])));
            Assert.Equal(ThermalPath.From(UpdateRule.Sgd, [.. modes], [.. modes.Select(mode => UpdateRule.Sgd.Stationary(problem.StartRate, mode))], rates)[^1], below, 1e-12 * below);
        }).Check(Properties.Seeded());

    [Fact]
    public void Solve_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => OptimalDecay.Solve(Octaves(mustFall: true), cancellationToken: source.Token));
    }

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("modes", () => new DecayProblem([], 0.1, 10, 1e-3, 1, mustFall: true));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => new DecayProblem(s_octaves, 0.1, 0, 1e-3, 1, mustFall: true));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => new DecayProblem(s_octaves, 0.1, DecayProblem.MaximumSteps + 1, 1e-3, 1, mustFall: true));
        Assert.Throws<ArgumentOutOfRangeException>("minimumRate", () => new DecayProblem(s_octaves, 0.1, 10, 0, 1, mustFall: true));
        Assert.Throws<ArgumentOutOfRangeException>("maximumRate", () => new DecayProblem(s_octaves, 0.1, 10, 1, 0.5, mustFall: true));
        Assert.Throws<ArgumentOutOfRangeException>("rate", () => new DecayProblem(s_octaves, 2, 10, 1e-3, 1, mustFall: true));
        Assert.Throws<ArgumentOutOfRangeException>("rates", () => Octaves(mustFall: true).ThermalLoss([0.1]));
        Assert.Throws<ArgumentOutOfRangeException>("maximumIterations", () => OptimalDecay.Solve(Octaves(mustFall: true), 0, 0, TestContext.Current.CancellationToken));
    }

    private static OptimalDecay Solve(DecayProblem problem) =>
        OptimalDecay.Solve(problem, cancellationToken: TestContext.Current.CancellationToken);

    private static DecayProblem Octaves(bool mustFall) => new(s_octaves, 0.1, Steps, 1e-5, 0.5, mustFall);

    private static IEnumerable<double> Geometric(double low, double high, int count) =>
        Enumerable.Range(0, count).Select(i => low * Math.Pow(high / low, i / (count - 1.0)));
}
