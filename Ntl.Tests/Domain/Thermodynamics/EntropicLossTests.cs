using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

/// <summary>On <c>ℓ(u, w) = ½(uw − 1)²</c>, the smallest landscape with the symmetry u → λu, w → w/λ.</summary>
public class EntropicLossTests
{
    private const double Time = 1.6;

    [Fact]
    public void Gradient_RateHalved_FollowsDescentFourTimesCloser()
    {
        var errors = new[] { 0.2, 0.1, 0.05, 0.025 }.Select(rate => Distance(Descend(rate), Flow(rate))).ToArray();

        Assert.Equal([7.69e-3, 1.75e-3, 4.28e-4, 1.07e-4], errors, (a, b) => Math.Abs(a - b) < 0.01 * a);

        // The order is that of small rates: 4.38, 4.10 and 4.02.
        Assert.Equal(4, errors[1] / errors[2], 0.15);
        Assert.Equal(4, errors[2] / errors[3], 0.05);
    }

    [Fact]
    public void Gradient_WithoutEntropy_FollowsOnlyToFirstOrder()
    {
        var errors = new[] { 0.05, 0.025 }.Select(rate => Distance(Descend(rate), Flow(0))).ToArray();

        Assert.Equal(2, errors[0] / errors[1], 0.1);
    }

    [Fact]
    public void Gradient_AnyPlace_IsTheSlopeOfTheLoss() => Prop.ForAll(
        Between(0.2, 3).ToArbitrary(), Between(0.2, 3).ToArbitrary(), Between(0.001, 0.5).ToArbitrary(), (u, w, rate) =>
        {
            const double Shift = 1e-6;
            var slope = (Loss(u + Shift, w, rate) - Loss(u - Shift, w, rate)) / (2 * Shift);

            Assert.Equal(slope, EntropicGradient((u, w), rate).U, 1e-6 * (1 + Math.Abs(slope)));
        }).Check(Properties.Seeded());

    [Fact]
    public void GradientBalance_OneStep_IsTheChangeOfNorms() => Prop.ForAll(
        Between(0.2, 3).ToArbitrary(), Between(0.2, 3).ToArbitrary(), Between(0.001, 0.5).ToArbitrary(), (u, w, rate) =>
        {
            var gradient = Gradient((u, w));
            var (nextU, nextW) = (u - rate * gradient.U, w - rate * gradient.W);

            var drift = GradientBalance.NormDrift(rate, gradient.U * gradient.U, gradient.W * gradient.W);

            Assert.Equal(nextU * nextU - nextW * nextW - (u * u - w * w), drift, 1e-10);
        }).Check(Properties.Seeded());

    // Labels 1 ± s make E|g_u|² = w²((uw−1)² + s²) and likewise for w; the force on the river uw = 1 is then all entropic.
    [Fact]
    public void EntropicLoss_NoisyLabels_DrivesGradientsIntoBalance()
    {
        const double Rate = 0.05;
        const double NoiseSquare = 0.5;
        var (u, w) = (1.8, 0.2);
        var start = w * w / (u * u);
        for (var step = 0; step < 40_000; step++)
        {
            const double Shift = 1e-5;
            var slopeU = (Noisy(u + Shift, w) - Noisy(u - Shift, w)) / (2 * Shift);
            var slopeW = (Noisy(u, w + Shift) - Noisy(u, w - Shift)) / (2 * Shift);
            (u, w) = (u - 0.02 * slopeU, w - 0.02 * slopeW);
        }

        var (squareU, squareW) = (GradientSquare(w, u * w - 1), GradientSquare(u, u * w - 1));

        Assert.InRange(start, 0, 0.02);
        Assert.Equal(1, squareU / squareW, 0.05);
        Assert.InRange(GradientBalance.Imbalance([squareU], [squareW]), 0, 0.05);

        double Noisy(double atU, double atW)
        {
            var residual = atU * atW - 1;
            return EntropicLoss.Of(residual * residual / 2, Rate, GradientSquare(atW, residual) + GradientSquare(atU, residual));
        }

        static double GradientSquare(double other, double residual) => other * other * (residual * residual + NoiseSquare);
    }

    [Fact]
    public void StationaryDifference_MeasuredToyWithDecay_IsItsImbalance() =>
        // 3,000 replicas of w·(u·x), η = 0.03, γ = 1e-3: E|g_u|² − E|g_w|² = 1.2626 − 1.1068 at |u|² = 1.932, |w|² = 0.765.
        AssertRelative(1.2626 - 1.1068, GradientBalance.StationaryDifference(0.03, 1e-3, 1.932, 0.765), 0.005);

    [Fact]
    public void Imbalance_EqualAndDisjointMatrices_AreTheEndsOfItsRange()
    {
        Assert.Equal(0, GradientBalance.Imbalance([1, 2, 2, 5], [1, 2, 2, 5]));
        Assert.Equal(1, GradientBalance.Imbalance([3, 0, 0, 0], [0, 0, 0, 2]), 1e-12);
        Assert.Equal(GradientBalance.Imbalance([1, 2], [2, 5]), GradientBalance.Imbalance([10, 20], [20, 50]), 1e-12);
    }

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("gradientSquare", () => EntropicLoss.Of(1, 1, -1));
        UpdateRuleTests.AssertOutOfRange("rate", () => EntropicLoss.Gradient(1, -1, 1));
        UpdateRuleTests.AssertOutOfRange("second", () => GradientBalance.Imbalance([1], [1, 2]));
        UpdateRuleTests.AssertOutOfRange("penalty", () => GradientBalance.StationaryDifference(1, -1, 1, 1));
        UpdateRuleTests.AssertOutOfRange("rate", () => GradientBalance.NormDrift(double.NaN, 1, 1));
    }

    private static double Loss(double u, double w, double rate)
    {
        var gradient = Gradient((u, w));
        return EntropicLoss.Of((u * w - 1) * (u * w - 1) / 2, rate, gradient.U * gradient.U + gradient.W * gradient.W);
    }

    private static (double U, double W) Gradient((double U, double W) at) => ((at.U * at.W - 1) * at.W, (at.U * at.W - 1) * at.U);

    private static (double U, double W) EntropicGradient((double U, double W) at, double rate)
    {
        var (u, w) = at;
        var gradient = Gradient(at);
        var mixed = 2 * u * w - 1;
        return (
            EntropicLoss.Gradient(gradient.U, rate, w * w * gradient.U + mixed * gradient.W),
            EntropicLoss.Gradient(gradient.W, rate, mixed * gradient.U + u * u * gradient.W));
    }

    private static (double U, double W) Descend(double rate)
    {
        var at = (U: 1.8, W: 0.2);
        for (var step = 0; step < (int)Math.Round(Time / rate); step++)
        {
            var gradient = Gradient(at);
            at = (at.U - rate * gradient.U, at.W - rate * gradient.W);
        }

        return at;
    }

    // Fourth-order Runge–Kutta; its own error is below 1e-12.
    private static (double U, double W) Flow(double rate)
    {
        const double Step = 1e-3;
        var at = (U: 1.8, W: 0.2);
        for (var step = 0; step < (int)Math.Round(Time / Step); step++)
        {
            var k1 = EntropicGradient(at, rate);
            var k2 = EntropicGradient(Back(k1, Step / 2), rate);
            var k3 = EntropicGradient(Back(k2, Step / 2), rate);
            var k4 = EntropicGradient(Back(k3, Step), rate);
            at = (at.U - Step / 6 * (k1.U + 2 * k2.U + 2 * k3.U + k4.U), at.W - Step / 6 * (k1.W + 2 * k2.W + 2 * k3.W + k4.W));
        }

        return at;

        (double U, double W) Back((double U, double W) slope, double step) => (at.U - step * slope.U, at.W - step * slope.W);
    }

    private static double Distance((double U, double W) a, (double U, double W) b) => Math.Sqrt((a.U - b.U) * (a.U - b.U) + (a.W - b.W) * (a.W - b.W));
}
