namespace Ntl.Domain.Laws;

/// <summary>The fit to believe for given schedules, of several laws on the same curves.</summary>
/// <param name="Fit">The chosen one.</param>
/// <param name="Reason">Why, a sentence.</param>
public sealed record LawChoice(LawFit Fit, string Reason)
{
    /// <summary>Chooses by schedules left out of the fit, never by test curves; for schedules of another peak the transfer law,
    /// where it was fitted.</summary>
    /// <param name="fits">Fits to the same curves.</param>
    /// <param name="peaks">Peak rates of what is to be predicted; may be empty.</param>
    /// <returns>Null where there is no fit.</returns>
    public static LawChoice? Of(IReadOnlyList<LawFit> fits, IEnumerable<double> peaks)
    {
        ArgumentNullException.ThrowIfNull(fits);
        if (fits.FirstOrDefault(fit => fit.Law.Kind is LawKind.PeakTransfer) is { } transfer
            && peaks.Where(peak => !transfer.Range.HasPeak(peak)).Select(peak => (double?)peak).FirstOrDefault() is { } other)
        {
            return new(transfer, FormattableString.Invariant(
                $"A peak of {other:g4} is more than 10 % away from the fitted peaks ({transfer.Range.LowestPeak:g4} to {transfer.Range.HighestPeak:g4}), ")
                + "and only the transfer law carries over between peaks.");
        }

        return fits.MinBy(fit => (fit.LeaveOneOut.IsEmpty, Error(fit))) is { } best
            ? new(best, best.LeaveOneOut.IsEmpty
                ? "It has the least error on the curves that it was fitted to; no schedule could be left out."
                : "It has the least error on schedules left out of the fit.")
            : null;
    }

    private static double Error(LawFit fit) => fit.LeaveOneOut.IsEmpty ? fit.TrainError : fit.LeaveOneOut.Average(score => score.MeanError);
}
