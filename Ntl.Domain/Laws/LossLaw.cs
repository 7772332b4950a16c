using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>A law that says what loss a schedule gives: a slow river, and a valley that the rate heats and whose cooling reveals the river.</summary>
public abstract record LossLaw
{
    private protected LossLaw()
    {
    }

    /// <summary>Which law.</summary>
    public abstract LawKind Kind { get; }

    /// <summary>Its numbers with their readings, without intervals; the first is L₀.</summary>
    public abstract ImmutableArray<LawParameter> Parameters { get; }

    /// <summary>How many numbers a fit of this law has settled: what is taken from the losses' degrees of freedom.</summary>
    internal virtual int FittedNumbers => Parameters.Length;

    /// <summary>Predicts losses along a path, in one walk: pieces × modes, whatever the number of steps.</summary>
    /// <param name="path">The rates.</param>
    /// <param name="updates">After how many updates; never falling, each in <c>[1, path.Steps]</c>.</param>
    /// <param name="losses">Receives a loss for each, nats/token; +∞ where no rate was above zero yet.</param>
    /// <exception cref="ArgumentException">Lengths differ, or updates fall or lie outside the path.</exception>
    public abstract void Predict(RatePath path, ReadOnlySpan<long> updates, Span<double> losses);

    /// <summary>The loss at the end of a path.</summary>
    public double PredictFinal(RatePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Span<double> loss = [0];
        Predict(path, [path.Steps], loss);
        return loss[0];
    }

    /// <summary>Mean |predicted − measured| over a curve's finite losses; NaN where there are none. nats/token.</summary>
    public double MeanError(LossCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var updates = curve.Points.Select(point => point.Updates).ToArray();
        var losses = new double[updates.Length];
        Predict(curve.Path, updates, losses);
        var errors = losses.Zip(curve.Points, (predicted, point) => Math.Abs(predicted - point.Loss)).Where(double.IsFinite).ToList();
        return errors.Count == 0 ? double.NaN : errors.Average();
    }
}
