using Ntl.Domain.Claims;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Words, numbers and plots that the panels share.</summary>
internal static class PanelText
{
    public const string Thermal = "Liu et al. 2025, arXiv:2505.10559";

    public static string Text(double value, int digits = 3) => NumberText.Of(value, digits);

    /// <summary>A value with its error; one that is exact to three digits and more, as a largest curvature, stands alone.</summary>
    public static string Text(Estimate? estimate)
    {
        const double Exact = 1e-3;
        return estimate is not { } known ? "–"
            : known.StandardError < Exact * Math.Abs(known.Value) ? Text(known.Value)
            : EstimateFormat.Estimate(known.Value, known.StandardError);
    }

    public static string Step(long step) => CountFormat.Count(step);

    public static Plot Steps(string title, string label, string unit, params PlotCurve[] curves) =>
        new(title, "step", "", label, unit, false, false, [.. curves]);

    /// <summary>The first premise that fails; null where all hold.</summary>
    public static Premise? Failed(IEnumerable<Premise> premises) => premises.FirstOrDefault(premise => !premise.IsSatisfied);

    /// <summary>Two words that say what a failed premise means.</summary>
    public static string Word(Premise premise) => premise.Failure == PremiseFailure.NotApplicable ? "not applicable"
        : "not measurable here";

    /// <summary>A panel without a number, for the first premise that fails.</summary>
    public static ThermoPanel Without(string id, string title, IReadOnlyList<Premise> premises, string formula, string source) =>
        new ThermoPanel(id, title, Failed(premises)?.Explanation ?? "Nothing has been measured yet.", [], formula, source,
            []).Under(premises);

    /// <summary>A sentence about steps after a quantity's last value at which it could not be measured any more; empty without
    /// any.</summary>
    /// <param name="series">The quantity.</param>
    /// <param name="premises">What it takes for granted at each step.</param>
    public static string After(EstimateSeries series, IReadOnlyList<StepPremise> premises)
    {
        var later = series.Gaps.Where(step => step > series.LastStep).ToList();
        return later.Count == 0 || Failed(premises.Select(premise => premise.Tell(later[^1]))) is not { } failed
            ? ""
            : $" It cannot be measured after step {Step(series.LastStep!.Value)}. {failed.Reason}";
    }
}
