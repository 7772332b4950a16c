using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Experiments;

/// <summary>A cooling rate by least squares.</summary>
/// <param name="Rate">κ, with the error of all rates whose misfit chance explains.</param>
/// <param name="IsResolved">Whether the misfit has its least value within the range.</param>
internal sealed record CoolingFit(Estimate Rate, bool IsResolved)
{
    private const int Points = 120;

    /// <summary>Searches a range on a logarithmic grid, then more finely about the best.</summary>
    /// <param name="low">Smallest κ.</param>
    /// <param name="high">Largest κ.</param>
    /// <param name="freedom">Points less parameters.</param>
    /// <param name="misfit">Sum of squares at a κ.</param>
    public static CoolingFit Of(double low, double high, int freedom, Func<double, double> misfit)
    {
        var coarse = Search(low, high, freedom, misfit);
        if (!coarse.IsResolved)
        {
            return coarse;
        }

        // Wide enough for the error, which the coarse grid may be too wide for.
        var reach = Math.Max(2 * Math.Log(high / low) / Points, 2 * coarse.Rate.StandardError / coarse.Rate.Value);
        return Search(coarse.Rate.Value * Math.Exp(-reach), coarse.Rate.Value * Math.Exp(reach), freedom, misfit) is { IsResolved: true } fine ? fine : coarse;
    }

    private static CoolingFit Search(double low, double high, int freedom, Func<double, double> misfit)
    {
        var rates = Enumerable.Range(0, Points).Select(i => low * Math.Pow(high / low, i / (Points - 1.0))).ToList();
        var scores = rates.ConvertAll(rate => misfit(rate));
        var best = scores.IndexOf(scores.Min());

        // One unit of χ² is one standard error.
        var likely = rates.Where((_, i) => scores[i] <= scores[best] * (1 + (1.0 / freedom))).ToList();
        return new(new(rates[best], Math.Max(likely[^1] - likely[0], rates[best] * Math.Log(high / low) / Points) / 2), best > 0 && best < Points - 1);
    }
}
