using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>A law fitted to curves, with what is known of its errors.</summary>
/// <param name="Law">The best law.</param>
public sealed record LawFit(LossLaw Law)
{
    // Of replicates that stand for the 90 % interval.
    private const double LowQuantile = 0.05;

    /// <summary>Laws fitted to the curve with residuals drawn anew; empty where none were asked for, or where there is too little data. Without them there is no interval and no band.</summary>
    public ImmutableArray<LossLaw> Replicates { get; init; } = [];

    /// <summary>Root of the weighted sum of squares that was minimised.</summary>
    public double Misfit { get; init; }

    /// <summary>Mean |predicted − measured| over all fitted losses; nats/token.</summary>
    public double TrainError { get; init; }

    /// <summary>How the law meets each curve that it was fitted to.</summary>
    public ImmutableArray<CurveScore> Train { get; init; } = [];

    /// <summary>How each curve is met by a fit to the others; left out where the others never cool.</summary>
    public ImmutableArray<CurveScore> LeaveOneOut { get; init; } = [];

    /// <summary>What the curves went through.</summary>
    public required FittedRange Range { get; init; }

    /// <summary>What makes the fit doubtful, sentences.</summary>
    public ImmutableArray<string> Cautions { get; init; } = [];

    /// <summary>The law's numbers with their 90 % intervals over the replicates.</summary>
    public ImmutableArray<LawParameter> Parameters
    {
        get
        {
            var replicates = Replicates.Select(law => law.Parameters).Where(parameters => parameters.Length == Law.Parameters.Length).ToList();
            return replicates.Count == 0 ? Law.Parameters : [.. Law.Parameters.Select((parameter, i) =>
            {
                var values = replicates.Select(parameters => parameters[i].Value).Order().ToList();
                // Replicates settle on a grid beside the fit; an interval always holds the value it belongs to.
                return parameter with { Low = Math.Min(parameter.Value, Quantile(values, LowQuantile)), High = Math.Max(parameter.Value, Quantile(values, 1 - LowQuantile)) };
            })];
        }
    }

    /// <summary>What the law expects of a path, with its band.</summary>
    /// <param name="path">The rates.</param>
    /// <param name="points">≥ 2: points of the curve, evenly over the steps from where the law was fitted.</param>
    public LossForecast Forecast(RatePath path, int points = 300)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        return ForecastBand.Forecast(this, path, points);
    }

    /// <summary>What the law expects after so many updates of a path, with its band.</summary>
    /// <param name="path">The rates.</param>
    /// <param name="updates">In <c>[1, path.Steps]</c>.</param>
    public ForecastPoint ForecastAt(RatePath path, long updates)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ForecastBand.At(this, path, [updates])[0];
    }

    /// <summary>What the law expects a path to gain over another, with its band and what must be said beside it.</summary>
    public LossGain Gain(RatePath path, RatePath baseline)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(baseline);
        return ForecastBand.Gain(this, path, baseline);
    }

    private static double Quantile(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]));
    }
}
