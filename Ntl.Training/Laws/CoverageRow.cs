using Ntl.Domain.Laws;

namespace Ntl.Training.Laws;

/// <summary>How many unseen finals a law's bands held, at one distance from the fitted peaks.</summary>
/// <param name="Kind">The law.</param>
/// <param name="Study">How curves were kept out.</param>
/// <param name="Ratio">Rounded ratio of the peak to the nearest fitted one, at least 1.</param>
/// <param name="Finals">How many there were.</param>
/// <param name="Inside">How many lay inside.</param>
/// <param name="MeanError">Mean |predicted − measured|; nats/token.</param>
/// <param name="HalfWidth">Mean half-width of the bands; nats/token.</param>
internal sealed record CoverageRow(LawKind Kind, CoverageStudy Study, double Ratio, int Finals, int Inside, double MeanError, double HalfWidth)
{
    public object Json => new { law = LawNames.KeyOf(Kind), study = Study.ToString(), peakRatio = Ratio, finals = Finals, inside = Inside, share = (double)Inside / Finals, meanError = MeanError, halfWidth = HalfWidth };

    public static IEnumerable<CoverageRow> Of(LawKind kind, CoverageStudy study, IEnumerable<CoveredFinal> finals) =>
        finals.Where(final => double.IsFinite(final.Low)).GroupBy(final => Math.Round(Math.Exp(final.PeakDistance), 1)).OrderBy(group => group.Key).Select(group => new CoverageRow(
            kind, study, group.Key, group.Count(), group.Count(final => final.IsInside),
            group.Average(final => Math.Abs(final.Predicted - final.Measured)), group.Average(final => (final.High - final.Low) / 2)));

    public static void Write(TextWriter output, IReadOnlyList<CoverageRow> rows)
    {
        output.WriteLine("Share of unseen final losses inside the 90 % band; errors and half-widths in millinats/token");
        output.WriteLine(FormattableString.Invariant($"{"law",-48} {"kept out",-16} {"peak ratio",10} {"finals",7} {"inside",7} {"error",8} {"±",8}"));
        foreach (var row in rows)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{LawNames.TitleOf(row.Kind),-48} {row.Study,-16} {row.Ratio,10:g3} {row.Finals,7} {100.0 * row.Inside / row.Finals,6:f0}% {1e3 * row.MeanError,8:f2} {1e3 * row.HalfWidth,8:f2}"));
        }
    }
}
