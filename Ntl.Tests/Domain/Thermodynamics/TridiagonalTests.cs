using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class TridiagonalTests
{
    [Fact]
    public void Ritz_OfTheSecondDifference_IsKnownInClosedForm()
    {
        const int Size = 24;
        var found = new Tridiagonal([.. Enumerable.Repeat(2.0, Size)], [.. Enumerable.Repeat(1.0, Size)]);

        for (var i = 1; i <= Size; i++)
        {
            var angle = Math.PI * i / (Size + 1); // λ = 2 − 2cos φ, and both end components are √(2/(n+1)) sin φ
            var component = Math.Sqrt(2.0 / (Size + 1)) * Math.Sin(angle);
            Assert.Equal(2 - 2 * Math.Cos(angle), found.Ritz[i - 1].Value, 1e-13);
            Assert.Equal(component * component, found.Ritz[i - 1].Weight, 1e-13);
            Assert.Equal(component, found.Ritz[i - 1].Error, 1e-13);
        }

        Assert.Equal(found.Ritz[0], found.Smallest);
        Assert.Equal(found.Ritz[^1], found.Largest);
    }

    [Fact]
    public void Mean_OfPowers_IsTheCornerOfTheMatrixPower() => Prop.ForAll(
        Gen.Choose(-1000, 1000).Select(n => n / 100.0).ArrayOf(6).ToArbitrary(), Between(1e-3, 10).ArrayOf(6).ToArbitrary(), (alpha, beta) =>
        {
            var found = new Tridiagonal(alpha, beta);

            Assert.Equal(1, found.Mean(_ => 1), 1e-12);
            Assert.Equal(alpha[0], found.Mean(value => value), 1e-10);
            Assert.Equal(alpha[0] * alpha[0] + beta[0] * beta[0], found.Mean(value => value * value), 1e-9);
            Assert.Equal(alpha.Sum(), found.Ritz.Sum(ritz => ritz.Value), 1e-10);
            Assert.Equal(alpha.Sum(a => a * a) + 2 * beta[..^1].Sum(b => b * b), found.Ritz.Sum(ritz => ritz.Value * ritz.Value), 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void Ritz_OfOneRow_IsItsElement()
    {
        var found = new Tridiagonal([3], [0.5]);

        Assert.Equal(new RitzValue(3, 1, 0.5), Assert.Single(found.Ritz));
    }

    [Fact]
    public void Density_OfKnownEigenvalues_CountsThemAndTheirLogarithms()
    {
        // Diagonal matrices: each run sees one eigenvalue of a dimension of four, with its whole weight.
        var spectrum = new SpectralDensity(4, [new([2], [0]), new([8], [0])]);

        Assert.Equal(new Estimate(20, 12), spectrum.Sum(value => value));
        Assert.Equal(2, spectrum.CountAbove(5).Value);
        Assert.Equal(4, spectrum.CountAbove(1).Value);
        Assert.Equal(4 * Math.Log(4), spectrum.LogDeterminant(1).Value, 1e-12);
        Assert.Equal(2 * Math.Log(8), spectrum.LogDeterminant(5).Value, 1e-12);
        Assert.Equal(8, spectrum.Largest.Value);
        Assert.Equal(2, spectrum.Smallest.Value);
        Assert.Equal(1, Enumerable.Range(0, 2000).Sum(i => 0.01 * spectrum.At(-5 + i * 0.01, 0.3)), 1e-6);
    }

    [Fact]
    public void BadInput_AnyMatrix_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("diagonal", () => new Tridiagonal([], []).Largest.Value);
        UpdateRuleTests.AssertOutOfRange("offDiagonal", () => new Tridiagonal([1], [1, 2]).Largest.Value);
        UpdateRuleTests.AssertOutOfRange("diagonal", () => new Tridiagonal([double.NaN], [1]).Largest.Value);
        UpdateRuleTests.AssertOutOfRange("offDiagonal", () => new Tridiagonal([1], [-1]).Largest.Value);
        UpdateRuleTests.AssertOutOfRange("runs", () => new SpectralDensity(1, []).Largest.Value);
        UpdateRuleTests.AssertOutOfRange("dimension", () => new SpectralDensity(0, [new([1], [0])]).Largest.Value);
        UpdateRuleTests.AssertOutOfRange("threshold", () => new SpectralDensity(1, [new([1], [0])]).LogDeterminant(0).Value);
        UpdateRuleTests.AssertOutOfRange("width", () => new SpectralDensity(1, [new([1], [0])]).At(1, 0));
    }
}
