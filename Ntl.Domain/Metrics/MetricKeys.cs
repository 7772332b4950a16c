namespace Ntl.Domain.Metrics;

/// <summary>The metrics that every run has.</summary>
public static class MetricKeys
{
    /// <summary>Mean cross-entropy of the step's training tokens; nats/token.</summary>
    public static readonly MetricKey TrainLoss = new("train/loss");

    /// <summary>Mean cross-entropy of the fixed validation set, before the step's update; nats/token.</summary>
    public static readonly MetricKey ValidationLoss = new("val/loss");

    /// <summary>The rate that the step's update used; dimensionless.</summary>
    public static readonly MetricKey LearningRate = new("train/learning_rate");

    /// <summary>Global L2 norm of the gradient before clipping; nats/parameter.</summary>
    public static readonly MetricKey GradientNorm = new("train/gradient_norm");

    /// <summary>Training tokens per second of training time.</summary>
    public static readonly MetricKey TokensPerSecond = new("train/tokens_per_second");

    /// <summary>Training time in seconds at the end of the step: pauses excluded, summed over attempts.</summary>
    public static readonly MetricKey ElapsedSeconds = new("time/elapsed_seconds");
}
