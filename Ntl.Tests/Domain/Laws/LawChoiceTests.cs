using Ntl.Domain.Laws;

namespace Ntl.Tests.Domain.Laws;

public sealed class LawChoiceTests
{
    private const double Peak = 1e-3;

    private static readonly LawFit s_newton = FitOf(new RiverValleyLaw(LawKind.Newton)
    {
        ReferenceRate = Peak,
        ColdLoss = 2.5,
        RiverScale = 0.5,
        RiverExponent = 0.5,
        Modes = [new(40, 0.1)],
    }, leftOut: 0.002);

    private static readonly LawFit s_transfer = FitOf(new PeakTransferLaw
    {
        ReferenceRate = Peak,
        ColdLoss = 2.5,
        RiverScale = 0.5,
        RiverExponent = 0.5,
        Knee = 4e-4,
        WeightDecay = 0.1,
    }, leftOut: 0.004);

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1.09e-3)]
    [InlineData(0.92e-3)]
    public void Of_PeakOfTheFittedCurves_IsTheLeastErrorLeftOut(double peak)
    {
        var choice = LawChoice.Of([s_newton, s_transfer], [peak])!;

        Assert.Same(s_newton, choice.Fit);
        Assert.Contains("least error", choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.12e-3)]
    [InlineData(5e-4)]
    public void Of_AnotherPeak_IsTheTransferLawAndSaysSo(double peak)
    {
        var choice = LawChoice.Of([s_newton, s_transfer], [Peak, peak])!;

        Assert.Same(s_transfer, choice.Fit);
        Assert.Contains("more than 10 %", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnotherPeakWithoutATransferLaw_IsTheBestThereIs() => Assert.Same(s_newton, LawChoice.Of([s_newton], [5e-4])!.Fit);

    [Fact]
    public void Of_NoFit_IsNone() => Assert.Null(LawChoice.Of([], [Peak]));

    private static LawFit FitOf(LossLaw law, double leftOut) => new(law)
    {
        Range = new(Peak, Peak, 1e-4, 0.1, 10, 10_000, 0.05, HasCooling: true, HasHeating: false),
        LeaveOneOut = [new("a", leftOut, 3, 3)],
    };
}
