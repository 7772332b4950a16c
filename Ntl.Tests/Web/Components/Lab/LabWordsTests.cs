using Ntl.Domain.Claims;
using Ntl.Domain.Laboratory;
using Ntl.Domain.Plots;
using Ntl.Web.Components.Claims;
using Ntl.Web.Components.Lab;
using Ntl.Web.Components.Plots;

namespace Ntl.Tests.Web.Components.Lab;

public sealed class LabWordsTests
{
    [Fact]
    public void Overall_OfClaims_IsTheWorst()
    {
        Assert.Equal(ClaimVerdict.Holds, LabWords.Overall(Result(ClaimVerdict.Holds, ClaimVerdict.Holds)));
        Assert.Equal(ClaimVerdict.Inconclusive, LabWords.Overall(Result(ClaimVerdict.Holds, ClaimVerdict.Inconclusive)));
        Assert.Equal(ClaimVerdict.Fails, LabWords.Overall(Result(ClaimVerdict.Inconclusive, ClaimVerdict.Fails)));
        Assert.Equal(ClaimVerdict.Inconclusive, LabWords.Overall(Result()));
        Assert.Equal(ClaimVerdict.Inconclusive, LabWords.Overall(Result(ClaimVerdict.Holds) with { Outcome = new("Diverged.", 0.5, 8) }));
    }

    [Theory]
    [InlineData(ClaimComparison.Relative, 0.03, "2.5", "± 3 %")]
    [InlineData(ClaimComparison.Absolute, 0.1, "2.5", "± 0.1")]
    [InlineData(ClaimComparison.AtLeast, 0, "≥ 2.5", "none")]
    [InlineData(ClaimComparison.AtMost, 0.25, "≤ 2.5", "+ 0.25")]
    public void Expectation_OfEachComparison_IsSaidInFull(ClaimComparison comparison, double tolerance, string expected, string allowed)
    {
        var claim = Claim(ClaimVerdict.Holds) with { Comparison = comparison, Expected = 2.5, Tolerance = tolerance };

        Assert.Equal((expected, allowed), (ClaimWords.Expected(claim), ClaimWords.Tolerance(claim)));
    }

    [Theory]
    [InlineData(2.48832, 0.0291, "2.488 ± 0.029")]
    [InlineData(0.000247651, 0, "2.477 × 10⁻⁴")]
    [InlineData(4.25312, 5.9e-9, "4.2531200000 ± 0.0000000059")]
    public void Measured_OfAnySize_KeepsItsDigits(double measured, double error, string text) =>
        Assert.Equal(text, ClaimWords.Measured(Claim(ClaimVerdict.Holds) with { Measured = measured, StandardError = error }));

    [Fact]
    public void Numbers_OfACurveWithABand_AreOneRowAPoint()
    {
        var plot = new Plot("Heat", "step", "", "L_th", "nats", false, false,
            [new("=SUM(1)", CurveRole.Measured, [1], [0.5]) { Lower = [0.4], Upper = [0.6] }, new("theory", CurveRole.Theory, [1], [0.55])]);

        Assert.Equal("curve,role,\"step\",\"L_th (nats)\",lower,upper\n\"'=SUM(1)\",measured,1,0.5,0.4,0.6\n\"theory\",theory,1,0.55,,\n", PlotNumbers.Write(plot));
    }

    private static LabResult Result(params ClaimVerdict[] verdicts) => new([], [.. verdicts.Select(Claim)], LabOutcome.Complete);

    private static Claim Claim(ClaimVerdict verdict) => new("c", 0, "It is so", "x", "", 1, 1, 0, 0.1, ClaimComparison.Absolute, verdict, "Because.");
}
