using Ntl.Domain.Laws;

namespace Ntl.Tests.Domain.Laws.Advice;

/// <summary>Laws with the numbers that fits to the public 25M and 100M curves gave, as if they had just been fitted.</summary>
internal static class FittedLaws
{
    private const double Reference = 3e-4;

    public static RiverValleyLaw Newton { get; } = new(LawKind.Newton)
    {
        ReferenceRate = Reference,
        ColdLoss = 3.053,
        RiverScale = 0.520,
        RiverExponent = 0.506,
        Modes = [new(49.2, 0.1138)],
    };

    public static RiverValleyLaw Spectrum { get; } = new(LawKind.Spectrum)
    {
        ReferenceRate = Reference,
        ColdLoss = 2.644,
        RiverScale = 0.599,
        RiverExponent = 0.45,
        Modes = [new(5, 0.03), new(30, 0.05), new(200, 0.04), new(600, 0.02)],
    };

    public static RiverValleyLaw Adaptive { get; } = new(LawKind.AdaptiveSpectrum)
    {
        ReferenceRate = Reference,
        ColdLoss = 3.0598,
        RiverScale = 0.5073,
        RiverExponent = 0.6,
        ClockExponent = 0.7,
        BathExponent = 0.7,
        Modes = [new(0.5, 0.008), new(0.9, 0.0121), new(1.6, 0.0068), new(17, 0.0044), new(31, 0.0104), new(56, 0.015), new(101, 0.0177), new(183, 0.0191), new(332, 0.0198), new(600, 0.02)],
    };

    public static PeakTransferLaw Transfer { get; } = new()
    {
        ReferenceRate = Reference,
        ColdLoss = 3.0631,
        RiverScale = 0.3593,
        RiverExponent = 0.6,
        Knee = PeakTransferLaw.AssumedKnee,
        WeightDecay = 0.1,
        Modes = [new(4e-4, 0.02), new(2e-3, 0.03), new(0.01, 0.04), new(0.05, 0.03), new(0.18, 0.012)],
    };

    public static RiverValleyLaw Cold { get; } = new(LawKind.PowerLaw) { ReferenceRate = Reference, ColdLoss = 3, RiverScale = 0.5, RiverExponent = 0.5 };

    public static LawFit Fit(LossLaw law, params LossLaw[] replicates) => new(law)
    {
        Range = new(Reference, Reference, 3e-5, 0.3, 6.9, 24_000, 0.03, HasCooling: true, HasHeating: false),
        TrainError = 0.002,
        Replicates = [.. replicates],
    };
}
