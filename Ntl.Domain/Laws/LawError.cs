using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Laws;

/// <summary>The error that a law makes however well its numbers are known, as a share of the loss: one standard deviation of a normal law whose 90 % interval is meant.</summary>
/// <remarks>
/// What is known before a fit (measured on public runs, <see cref="Shares"/>) counts as much as <see cref="PriorCurves"/> curves left out; what the fit's own curves say, each
/// left out in turn, is joined to it. The numbers here make bands hold 90 % of unseen final losses: docs/theory/prediction.md, "Coverage".
/// </remarks>
internal static class LawError
{
    /// <summary>Half-width of a normal law's 90 % interval, in standard deviations.</summary>
    public const double Deviations = 1.645;

    // The weight of what other models' runs have shown.
    private const int PriorCurves = 2;

    // Without a schedule left out, nothing is known of the law's error on these curves.
    private const double UnknownRatio = 2;

    // A normal law's standard deviation over its mean |error|.
    private const double DeviationOverMean = 1.2533;

    private const double TwoSidedLevel = 0.1;

    // Schedules this far apart, in share of D, are as unlike as cosine and WSD.
    private const double UnlikeShare = 0.3;

    // Error of a gain between unlike schedules: the adaptive law's spread over 20 held-out studies; the published laws are off by 0.02 to 0.04 nats between cosine and WSD.
    private const double AdaptiveGainShare = 0.0027;
    private const double PublishedGainShare = 0.008;

    /// <summary>Of the final loss of a path.</summary>
    public static double FinalShare(LawFit fit, RatePath path)
    {
        var (least, transfer) = Shares(fit.Law.Kind);
        var known = fit.LeaveOneOut.Length == 0 ? UnknownRatio * least : Joined(fit, least);
        var carried = transfer * fit.Range.PeakDistance(path.Peak);
        return Math.Sqrt((known * known) + (carried * carried));
    }

    /// <summary>Of the gain of a path over another.</summary>
    public static double GainShare(LawFit fit, RatePath path, RatePath baseline) =>
        (fit.Law.Kind is LawKind.AdaptiveSpectrum or LawKind.PeakTransfer ? AdaptiveGainShare : PublishedGainShare) * Math.Min(1, path.DistanceTo(baseline) / UnlikeShare);

    // A fit to k − 1 curves errs more than one to k: by √3 where two are left, less with more. Student's factor is for the few curves that the deviation was seen on.
    private static double Joined(LawFit fit, double least)
    {
        var count = fit.LeaveOneOut.Length;
        var excess = Math.Sqrt(1 + (2.0 / Math.Max(1, count - 2)));
        var seen = DeviationOverMean * fit.LeaveOneOut.Average(score => Math.Abs(score.FinalError) / score.MeasuredFinal) / excess;
        var square = ((PriorCurves * least * least) + (count * seen * seen)) / (PriorCurves + count);
        return Math.Sqrt(square) * StudentT.Critical(PriorCurves + count, TwoSidedLevel) / Deviations;
    }

    // Error at the fitted peaks, and what a peak farther away by a factor e adds to it: from fits to some public runs, judged on the others.
    private static (double Least, double Transfer) Shares(LawKind kind) => kind switch
    {
        LawKind.PowerLaw => (0.026, 0.045),
        LawKind.Equilibrium or LawKind.Newton => (0.0032, 0.025),
        LawKind.Spectrum => (0.0034, 0.024),
        LawKind.RiverSpectrum => (0.0034, 0.024),
        LawKind.Tissue => (0.003, 0.085),
        LawKind.MultiPower => (0.004, 0.025),
        LawKind.FunctionalScaling => (0.0032, 0.12),
        LawKind.AdaptiveSpectrum => (0.0027, 0.014),
        LawKind.PeakTransfer => (0.002, 0.003),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such law."),
    };
}
