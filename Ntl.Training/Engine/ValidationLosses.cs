using Ntl.Domain.Thermodynamics;

namespace Ntl.Training.Engine;

/// <summary>The losses of one pass over the validation set, batch by batch.</summary>
/// <param name="Batches">Windows in the batch, and their mean loss in nats per token.</param>
public sealed record ValidationLosses(IReadOnlyList<(int Windows, double Loss)> Batches)
{
    /// <summary>The mean over all windows; nats per token, NaN or ∞ where the model gives that.</summary>
    public double Mean => Batches.Sum(batch => batch.Windows * batch.Loss) / Batches.Sum(batch => batch.Windows);

    /// <summary>How far these losses are above others of the same windows: the batches' own difficulty cancels.</summary>
    /// <param name="other">Of the same batches.</param>
    /// <returns>The mean difference; its standard error from the spread between batches, NaN for a single batch.</returns>
    public Estimate Above(ValidationLosses other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Batches.Count, Batches.Count, nameof(other));
        var spread = Estimate.Of([.. Batches.Zip(other.Batches, (own, its) => own.Loss - its.Loss)]);
        return spread with { Value = Mean - other.Mean };
    }
}
