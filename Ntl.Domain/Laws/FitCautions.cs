using System.Collections.Immutable;
using System.Globalization;

namespace Ntl.Domain.Laws;

/// <summary>What makes a fit doubtful, whatever it is asked.</summary>
internal static class FitCautions
{
    public static ImmutableArray<string> Of(LawKind kind, TrainingRows rows, LossLaw law, int spikes, LawFitOptions options)
    {
        List<string> cautions = [];
        if (rows.Curves.Count == 1)
        {
            cautions.Add("Fitted to one curve: its error on other schedules is not known.");
        }

        if (!RiverValleyShape.IsCooled(rows) && kind is not LawKind.PowerLaw)
        {
            cautions.Add("No training curve cools: what a falling rate lets out was not seen.");
            if (kind is LawKind.AdaptiveSpectrum)
            {
                cautions.Add(FormattableString.Invariant(
                    $"These curves do not determine the bath exponent; it was set to r = {RiverValleyShape.UnseenBathExponent}."));
            }
        }

        if (kind is LawKind.PeakTransfer)
        {
            cautions.AddRange(WeightDecay(rows));
        }

        if (spikes > 0)
        {
            cautions.Add(spikes == 1 ? "1 loss far off the law was taken for a spike and left out." : $"{spikes} losses far off the law were taken for spikes and left out.");
        }

        if (options.Replicates > 0 && ResidualBootstrap.Obstacle(rows, law) is { } obstacle)
        {
            cautions.Add(obstacle);
        }

        if (law.Parameters[0].Value == 0)
        {
            cautions.Add("The cold loss came out as zero: the curves are too short to tell the river's end.");
        }

        return [.. cautions];
    }

    private static IEnumerable<string> WeightDecay(TrainingRows rows)
    {
        var known = rows.Curves.Select(curve => curve.WeightDecay).Distinct().ToList();
        if (known.Contains(null))
        {
            yield return FormattableString.Invariant($"Not every curve states its weight decay; λ = {rows.WeightDecay} was used.");
        }

        List<double> different = [.. known.OfType<double>().Order()];
        if (different.Count > 1)
        {
            var list = string.Join(", ", different.Select(decay => decay.ToString(CultureInfo.InvariantCulture)));
            yield return FormattableString.Invariant($"The curves have different weight decays ({list}); one law has one, and λ = {rows.WeightDecay} was used.");
        }
    }
}
