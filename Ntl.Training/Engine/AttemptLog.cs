using Ntl.Domain.Metrics;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Training.Runs;

namespace Ntl.Training.Engine;

/// <summary>What a trainer tells: to the server through the journal, and to a person in lines of text.</summary>
/// <param name="journal">The attempt's journal.</param>
/// <param name="output">Lines for people; at most one a second about steps.</param>
/// <param name="time">The clock.</param>
public sealed class AttemptLog(JournalWriter journal, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan s_lineInterval = TimeSpan.FromSeconds(1);

    private long _lastLineAt;

    /// <summary>Records a trained step.</summary>
    public void Step(long step, StepResult result, double learningRate, double tokensPerSecond, double elapsedSeconds)
    {
        journal.AppendMetric(MetricKeys.TrainLoss, step, result.Loss);
        journal.AppendMetric(MetricKeys.LearningRate, step, learningRate);
        journal.AppendMetric(MetricKeys.GradientNorm, step, result.GradientNorm);
        journal.AppendMetric(MetricKeys.TokensPerSecond, step, tokensPerSecond);
        journal.AppendMetric(MetricKeys.ElapsedSeconds, step, elapsedSeconds);
        if (_lastLineAt == 0 || time.GetElapsedTime(_lastLineAt) >= s_lineInterval)
        {
            _lastLineAt = time.GetTimestamp();
            Line(FormattableString.Invariant(
                $"step {step}: loss {NumberFormat.Loss(result.Loss)} nats/token, learning rate {NumberFormat.Rate(learningRate)}, gradient norm {NumberFormat.Number(result.GradientNorm)}, {tokensPerSecond:F0} tokens/s"));
        }
    }

    /// <summary>Records a validation before the update of a step.</summary>
    public void Validation(long step, double loss)
    {
        journal.AppendMetric(MetricKeys.ValidationLoss, step, loss);
        Line(FormattableString.Invariant($"step {step}: validation loss {NumberFormat.Loss(loss)} nats/token"));
    }

    /// <summary>Records the losses of a slice after the last step. Their mean is told to nobody here: a held-out slice stays unseen.</summary>
    public void Evaluation(EvaluationSlice slice, long step, ValidationLosses losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        journal.Append(new EvaluationRecorded(slice, step, [.. losses.Batches.Select(batch => batch.Windows)], [.. losses.Batches.Select(batch => batch.Loss)]));
        Line(FormattableString.Invariant($"step {step}: evaluated {losses.Batches.Count} batches of the {(slice == EvaluationSlice.Public ? "public" : "held-out")} slice"));
    }

    /// <summary>Records what a probe measured at a step.</summary>
    public void Probe(MetricKey key, long step, double value) => journal.AppendMetric(key, step, value);

    /// <summary>Records what a probe estimated at a step, with its standard error where there is one.</summary>
    public void Probe(MetricKey key, long step, Estimate estimate)
    {
        journal.AppendMetric(key, step, estimate.Value);
        if (!double.IsNaN(estimate.StandardError))
        {
            journal.AppendMetric(ProbeKeys.Error(key), step, estimate.StandardError);
        }
    }

    /// <summary>Records something for the time axis, at once.</summary>
    public void Event(RunEventKind kind, long step, string message)
    {
        journal.Append(new RunEventRecorded(kind, step, time.GetUtcNow(), message));
        journal.Flush();
        Line(FormattableString.Invariant($"step {step}: {message}"));
    }

    /// <summary>Makes everything told so far durable: before a checkpoint says that the steps are done.</summary>
    public void FlushToDisk() => journal.Flush(durable: true);

    /// <summary>A line for people.</summary>
    public void Line(string text) => output.WriteLine(text);
}
