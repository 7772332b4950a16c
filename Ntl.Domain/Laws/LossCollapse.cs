using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>Losses of trainings with the same last rate, on one curve in D: <c>L = L₀ + A·D^−α</c>.</summary>
/// <remarks>Liu et al. 2025, arXiv:2505.10559, figure "schedule collapse". What is left orders by the peak: at a high rate the entropic force holds the river back, so a training of high peak loses more than its D says.</remarks>
/// <param name="ColdLoss">L₀.</param>
/// <param name="RiverScale">A.</param>
/// <param name="RiverExponent">α.</param>
/// <param name="RSquared">Share of the losses' variance that the curve explains.</param>
/// <param name="RootMeanSquare">Of what is left; nats/token.</param>
/// <param name="Groups">What is left for each peak, lowest first.</param>
public sealed record LossCollapse(double ColdLoss, double RiverScale, double RiverExponent, double RSquared, double RootMeanSquare, ImmutableArray<CollapseGroup> Groups)
{
    private const int FewestPoints = 4;
    private const double LowestExponent = 0.05;
    private const double HighestExponent = 2;
    private const int Exponents = 40;

    /// <summary>Fits one curve to all points by least squares.</summary>
    /// <param name="points">At least four, of finite loss and D above zero.</param>
    /// <exception cref="ArgumentException">There are fewer, or one is impossible.</exception>
    public static LossCollapse Of(IReadOnlyList<CollapsePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < FewestPoints || points.Any(point => !(point.Time > 0) || !double.IsFinite(point.Time) || !double.IsFinite(point.Loss)))
        {
            throw new ArgumentException($"A collapse needs at least {FewestPoints} points of finite loss and D above zero.", nameof(points));
        }

        var step = (HighestExponent - LowestExponent) / (Exponents - 1);
        var start = Enumerable.Range(0, Exponents).Select(i => LowestExponent + (step * i)).MinBy(exponent => Line(points, exponent).Misfit);
        var exponent = new Simplex([LowestExponent], [HighestExponent], at => Line(points, at[0]).Misfit).Minimise([start], [step / 2], CancellationToken.None)[0];
        var (coldLoss, scale, misfit) = Line(points, exponent);
        var mean = points.Average(point => point.Loss);
        return new(
            coldLoss,
            scale,
            exponent,
            1 - (misfit / points.Sum(point => (point.Loss - mean) * (point.Loss - mean))),
            Math.Sqrt(misfit / points.Count),
            [.. points.GroupBy(point => point.Peak).OrderBy(group => group.Key).Select(group => new CollapseGroup(
                group.Key, group.Count(), group.Average(point => point.Loss - (coldLoss + (scale * Math.Pow(point.Time, -exponent))))))]);
    }

    private static (double ColdLoss, double Scale, double Misfit) Line(IReadOnlyList<CollapsePoint> points, double exponent)
    {
        var rivers = points.Select(point => Math.Pow(point.Time, -exponent)).ToArray();
        var (meanRiver, meanLoss) = (rivers.Average(), points.Average(point => point.Loss));
        var scale = rivers.Zip(points, (river, point) => (river - meanRiver) * (point.Loss - meanLoss)).Sum() / rivers.Sum(river => (river - meanRiver) * (river - meanRiver));
        var coldLoss = meanLoss - (scale * meanRiver);
        return (coldLoss, scale, rivers.Zip(points, (river, point) => Math.Pow(point.Loss - coldLoss - (scale * river), 2)).Sum());
    }
}
