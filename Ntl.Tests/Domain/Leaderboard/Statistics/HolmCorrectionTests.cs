using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

public class HolmCorrectionTests
{
    // Four hypotheses, α = 0.05: the example of the encyclopedia's article "Holm–Bonferroni method"; adjusted by hand: 4·.005, 3·.01, 2·.03, and .04 raised to the one before.
    [Fact]
    public void Adjust_FourTests_IsTheExample()
    {
        var adjusted = HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]);

        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Adjust_LargeAndUnknown_IsOne() => Assert.Equal([1, 1, 1], HolmCorrection.Adjust([0.9, double.NaN, 0.6]));

    [Fact]
    public void Adjust_One_IsItself() => Assert.Equal([0.2], HolmCorrection.Adjust([0.2]));

    [Fact]
    public void Adjust_None_IsEmpty() => Assert.Empty(HolmCorrection.Adjust([]));

    // Holm 1979: at α, ten true hypotheses give any false alarm in at most α of all boards; 10 independent ones in 1 − (1 − α/10)^10 = 4.9 %.
    [Fact]
    public void Adjust_TenTrueHypotheses_RejectAnyInFivePercent()
    {
        SimulatedSeeds random = new(8);

        var alarms = Enumerable.Range(0, 20_000).Count(_ => HolmCorrection.Adjust(SimulatedSeeds.Draws(10, random.Uniform)).Any(p => p <= 0.05));

        Assert.InRange(alarms / 20_000.0, 0.044, 0.0535);
    }
}
