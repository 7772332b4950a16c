using Ntl.Domain.Metrics;
using Ntl.Web.Components.Charts;
using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Components.Runs;

/// <summary>One chart of a run's page.</summary>
internal sealed class RunPanel
{
    private static readonly string[] s_hidden = [MetricKeys.ElapsedSeconds.Value];

    private readonly TaskCompletionSource<TimeSeriesChart> _chart = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required string Title { get; init; }

    public string? Unit { get; init; }

    /// <summary>Title of the value axis; null for the chart's own with its unit.</summary>
    public string? AxisTitle { get; init; }

    /// <summary>Metric keys, in the order of the chart's lines.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Keys that are noisy enough to be smoothed.</summary>
    public IReadOnlyList<string> SmoothedKeys { get; init; } = [];

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>Whether the planned schedule is drawn as the line after the measured ones.</summary>
    public bool HasPlan { get; init; }

    public bool FromZero { get; init; }

    /// <summary>Whether a logarithmic y axis makes sense here.</summary>
    public bool CanBeLog { get; init; } = true;

    public bool IsWide { get; init; }

    /// <summary>The chart on the page; it comes with the panel's first rendering.</summary>
    public TimeSeriesChart? Chart
    {
        get;
        set
        {
            field = value;
            if (value is not null)
            {
                _chart.TrySetResult(value);
            }
        }
    }

    /// <summary>Completes when the chart is on the page.</summary>
    public Task<TimeSeriesChart> Drawn => _chart.Task;

    /// <summary>The charts for a run: the standard ones first, then one for each further key.</summary>
    public static List<RunPanel> For(IReadOnlyList<string> keys)
    {
        List<RunPanel> standard =
        [
            new()
            {
                Title = "Loss",
                Unit = "nats/token",
                Keys = [MetricKeys.TrainLoss.Value, MetricKeys.ValidationLoss.Value],
                SmoothedKeys = [MetricKeys.TrainLoss.Value],
                Lines = [new("training", 1), new("validation", 2)],
                IsWide = true,
            },
            new()
            {
                Title = "Learning rate",
                AxisTitle = "learning rate η",
                Keys = [MetricKeys.LearningRate.Value],
                Lines = [new("η", 2), new("planned", 8, Dashed: true)],
                HasPlan = true,
                FromZero = true,
            },
            Noisy("Gradient norm", "nats", MetricKeys.GradientNorm.Value, 4),
            Noisy("Speed", "tokens/s", MetricKeys.TokensPerSecond.Value, 3),
        ];
        return [.. standard, .. More(standard, keys)];
    }

    /// <summary>Charts for the keys that none of some panels shows.</summary>
    public static IEnumerable<RunPanel> More(IReadOnlyList<RunPanel> panels, IEnumerable<string> keys)
    {
        var known = panels.SelectMany(panel => panel.Keys).Concat(s_hidden).ToHashSet(StringComparer.Ordinal);
        // What probes measure is raw: the tab Thermodynamics makes it readable.
        return keys.Where(key => !known.Contains(key) && !RunPoints.IsProbe(key)).Select((key, index) => Noisy(key, null, key, 1 + ((panels.Count + index) % 8)));
    }

    private static RunPanel Noisy(string title, string? unit, string key, int color) => new()
    {
        Title = title,
        Unit = unit,
        Keys = [key],
        SmoothedKeys = [key],
        Lines = [new(title.ToLowerInvariant(), color)],
    };
}
