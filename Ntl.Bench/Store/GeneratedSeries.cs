using Ntl.Domain.Metrics;
using Ntl.Domain.Schedules;

namespace Ntl.Bench.Store;

/// <summary>Values like those of a training run, from a seed: a falling, noisy loss and what comes with it.</summary>
internal sealed class GeneratedSeries
{
    public const int ValidationIntervalSteps = 100;
    private const double TokensPerStep = 2048;
    private const double SecondsPerStep = 0.05;

    private readonly Random _random;
    private readonly ScheduleSpec _schedule;
    private readonly MetricKey[] _further;
    private double _elapsed;

    /// <summary>A run's series.</summary>
    /// <param name="seed">The same seed gives the same values.</param>
    /// <param name="schedule">The run's; its learning rates are a series too.</param>
    /// <param name="furtherCount">Further noisy series on the run's own page, such as a gradient norm of each layer; no probes, which have a page of their own.</param>
    public GeneratedSeries(int seed, ScheduleSpec schedule, int furtherCount = 0)
    {
        _random = new Random(seed);
        _schedule = schedule;
        _further = [.. Enumerable.Range(0, furtherCount).Select(layer => new MetricKey(FormattableString.Invariant($"layer/gradient_norm_{layer}")))];
    }

    /// <summary>Hands out the points of a step, as the trainer would measure them.</summary>
    /// <param name="step">Zero-based; ascending from call to call.</param>
    /// <param name="receive">Receives each point.</param>
    /// <returns>Points handed out.</returns>
    public int Measure(long step, Action<MetricKey, long, double> receive)
    {
        var seconds = SecondsPerStep * (1 + (0.05 * Math.Abs(Normal())));
        _elapsed += seconds;
        var lossFloor = 1.4 + (5 * Math.Pow(step + 60, -0.35)); // a power law, as of a small model on bytes
        receive(MetricKeys.TrainLoss, step, (float)(lossFloor + (0.06 * Normal())));
        receive(MetricKeys.LearningRate, step, _schedule.LearningRate(step));
        receive(MetricKeys.GradientNorm, step, (float)(0.4 * Math.Exp(0.25 * Normal())));
        receive(MetricKeys.TokensPerSecond, step, TokensPerStep / seconds);
        receive(MetricKeys.ElapsedSeconds, step, _elapsed);
        for (var layer = 0; layer < _further.Length; layer++)
        {
            receive(_further[layer], step, (float)((0.05 + (0.01 * layer)) * Math.Exp(0.3 * Normal())));
        }

        if (step % ValidationIntervalSteps != 0)
        {
            return 5 + _further.Length;
        }

        receive(MetricKeys.ValidationLoss, step, (float)(lossFloor + 0.02 + (0.005 * Normal())));
        return 6 + _further.Length;
    }

    // Box and Muller 1958.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
