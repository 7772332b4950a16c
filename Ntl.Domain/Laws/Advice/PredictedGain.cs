namespace Ntl.Domain.Laws.Advice;

/// <summary>How much lower one schedule is predicted to end than another, and how far that may be off.</summary>
/// <param name="Value">Final loss of the baseline − that of the suggestion, under the fitted law; nats/token. Above 0 the suggestion is better.</param>
/// <param name="Low">Lower end of a 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="ModelError">Standard deviation of what the law itself gets wrong in such a difference, part of the interval; nats/token.</param>
/// <remarks>
/// The interval joins, in quadrature, the spread of the fit's replicates, which only says how well the data hold the parameters, with <see cref="ErrorPerTrainError"/> times the
/// error on the training curves, which stands for the form of the law. Even so every published law errs to one side: read the value as an upper bound.
/// </remarks>
public sealed record PredictedGain(double Value, double Low, double High, double ModelError)
{
    /// <summary>Model error of a predicted difference of two final losses over the mean absolute error of the fit.</summary>
    /// <remarks>
    /// Measured: 15 fits of a heat-capacity spectrum to 124M Llamas at three peak rates, judged on 30 pairs of cosine and warm-up–stable–decay runs that they had not
    /// seen, err by 7.7e-3 nats root mean square, at a mean training error of 1.5e-3.
    /// </remarks>
    public const double ErrorPerTrainError = 5;

    private const double LowerQuantile = 0.05;
    private const double StandardNormal95 = 1.6448536269514722; // 90 % of a normal distribution lies within so many standard deviations

    /// <summary>Whether the interval holds 0: the runs may well end the other way round.</summary>
    public bool IsWithinError => Low <= 0 && High >= 0;

    /// <summary>Joins what a fit says with what its replicates and its own error allow.</summary>
    /// <param name="value">The gain under the fitted law; nats/token.</param>
    /// <param name="replicates">The same gain under each replicate; may be empty.</param>
    /// <param name="trainError">Mean absolute error of the fit on its curves; at least 0, nats/token.</param>
    public static PredictedGain Of(double value, IReadOnlyList<double> replicates, double trainError)
    {
        var modelError = ErrorPerTrainError * trainError;
        var (below, above) = (0.0, 0.0);
        if (replicates.Count > 0)
        {
            double[] sorted = [.. replicates.Order()];
            below = Math.Max(0, value - Quantile(sorted, LowerQuantile));
            above = Math.Max(0, Quantile(sorted, 1 - LowerQuantile) - value);
        }

        return new(value, value - double.Hypot(below, StandardNormal95 * modelError), value + double.Hypot(above, StandardNormal95 * modelError), modelError);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var index = (int)place;
        return index == sorted.Length - 1 ? sorted[index] : sorted[index] + (place - index) * (sorted[index + 1] - sorted[index]);
    }
}
