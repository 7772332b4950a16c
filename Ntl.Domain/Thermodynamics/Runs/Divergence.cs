using Ntl.Domain.Metrics;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Where a run stopped being one that learns: from there on nothing that is measured of it means what it says.</summary>
internal static class Divergence
{
    // A model that guesses every token alike has the loss ln V; initialisation and noise put it a little above.
    private const double Tolerance = 1.1;

    /// <summary>A validation loss above this has diverged: a tenth above ln V, that of a uniform guess; nats/token.</summary>
    public static double Limit(RunRecord record) => Tolerance * Math.Log(record.Spec.Model.VocabularySize);

    /// <summary>The step from which on the losses are those of a diverged run; null for one that has not diverged, or has
    /// recovered.</summary>
    /// <remarks>That is the first training loss beyond the limit, or not finite, after the last good validation; where no validation is
    /// bad, the step from which on no training loss is finite.</remarks>
    public static long? StepOf(RunRecord record)
    {
        var limit = Limit(record);
        var (validation, training) = (record[MetricKeys.ValidationLoss], record[MetricKeys.TrainLoss]);
        var broken = AfterLast(training, double.IsFinite);
        if (AfterLast(validation, value => value <= limit) is not { } bad)
        {
            return broken;
        }

        var good = validation.IndexOf(bad) is > 0 and var index ? validation.Steps[index - 1] : record.Spec.FirstStep;
        for (var i = training.IndexOf(good); i < training.Count && training.Steps[i] < bad; i++)
        {
            if (!(training.Values[i] <= limit))
            {
                return training.Steps[i];
            }
        }

        return bad;
    }

    /// <summary>A record without what was measured at or after a step.</summary>
    public static RunRecord Before(RunRecord record, long step) =>
        new(record.Id, record.Spec, record.Series.ToDictionary(pair => pair.Key, pair => pair.Value.Slice(0, pair.Value.IndexOf(step))))
        {
            EndedEarly = record.EndedEarly,
            IsUnclipped = record.IsUnclipped,
        };

    // The step after the last good one; null where that is the last of all.
    private static long? AfterLast(MetricSeries series, Func<double, bool> isGood)
    {
        var last = series.Count - 1;
        while (last >= 0 && !isGood(series.Values[last]))
        {
            last--;
        }

        return last + 1 < series.Count ? series.Steps[last + 1] : null;
    }
}
