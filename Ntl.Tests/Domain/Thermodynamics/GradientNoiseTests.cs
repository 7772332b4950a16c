using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class GradientNoiseTests
{
    private static readonly GradientNoise s_noise = new(10, 4, 6, 5, 8);

    [Fact]
    public void TraceOf_Parts_IsWhatTwoBatchSizesGive() => Prop.ForAll(
        Gen.Choose(2, 16).ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (parts, signal, noise) =>
        {
            // McCandlish et al. 2018, appendix A.1, for a step of B = K sequences in parts of one, with |g_b|² = |G|² + Tr Σ₁ and |g_B|² = |G|² + Tr Σ₁/K.
            var (small, big) = (signal + noise, signal + noise / parts);
            var ofOne = (small - big) / (1 - 1.0 / parts);

            // A part of the sum is the gradient of one over K.
            var trace = GradientNoise.TraceOf(parts, small / parts, big);

            AssertRelative(noise, ofOne, 1e-9 * (1 + signal / noise));
            AssertRelative(ofOne / parts, trace, 1e-9 * (1 + parts * signal / noise));
        }).Check(Properties.Seeded());

    [Theory]
    [InlineData(2, 0.797884560802865)]
    [InlineData(3, 0.886226925452758)]
    [InlineData(4, 0.921317731923561)]
    [InlineData(10, 0.972659274121584)]
    public void DeviationBias_TabulatedDraws_IsC4(int draws, double expected) => Assert.Equal(expected, GradientNoise.DeviationBias(draws), 1e-12);

    [Fact]
    public void NoiseScale_AnyBatch_IsThatOfOneSequence()
    {
        Assert.Equal(1, s_noise.SignalSquare);
        Assert.Equal(32, s_noise.NoiseScale(8)); // Tr Σ₁ = 8·4 over |∇L|² = 1
    }

    [Fact]
    public void Temperature_OfAQuadratic_IsThatOfItsUpdateRule() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-5, 1e-2).ToArbitrary(), Gen.Choose(0, 9).Select(n => n / 10.0).ToArbitrary(), (mode, rate, beta) =>
        {
            var (variance, rule) = (mode.Noise * mode.Noise, UpdateRule.HeavyBall(beta));
            var noise = new GradientNoise(1, variance, variance / (1 - beta), variance, variance / (1 - beta));
            var both = GradientNoise.Total([noise, noise]);

            AssertRelative(rule.Temperature(rate, mode.Noise), noise.Temperature(rate), 1e-12);
            AssertRelative(rule.LossPerRate(mode.Noise) * rate, noise.ThermalLoss(rate), 1e-12);
            AssertRelative(noise.Temperature(rate), both.Temperature(rate), 1e-12);
            AssertRelative(2 * noise.TotalTemperature(rate), both.TotalTemperature(rate), 1e-12);
        }).Check(Properties.Seeded());

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("parts", () => GradientNoise.TraceOf(1, 1, 1));
        UpdateRuleTests.AssertOutOfRange("partSquares", () => GradientNoise.TraceOf(2, double.NaN, 1));
        UpdateRuleTests.AssertOutOfRange("sumSquare", () => GradientNoise.TraceOf(2, 1, double.PositiveInfinity));
        UpdateRuleTests.AssertOutOfRange("draws", () => GradientNoise.DeviationBias(1));
        UpdateRuleTests.AssertOutOfRange("batchSize", () => s_noise.NoiseScale(0));
        UpdateRuleTests.AssertOutOfRange("rate", () => s_noise.Temperature(-1));
    }
}
