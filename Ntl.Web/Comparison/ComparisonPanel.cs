using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;

namespace Ntl.Web.Comparison;

/// <summary>One chart of a comparison: a metric, of all lines or of those of one panel.</summary>
/// <param name="Key">The metric.</param>
/// <param name="Facet">The value of the panel fields; null for all lines.</param>
public sealed record ComparisonPanel(string Key, string? Facet)
{
    private static readonly string[] s_standard = [MetricKeys.TrainLoss.Value, MetricKeys.ValidationLoss.Value, MetricKeys.LearningRate.Value];

    // Planned, evenly spaced, or already a mean over many tokens.
    private static readonly string[] s_smooth = [MetricKeys.ValidationLoss.Value, MetricKeys.LearningRate.Value, MetricKeys.ElapsedSeconds.Value];

    /// <summary>What the chart measures; also its name on the page.</summary>
    public string Title => Facet is null ? TitleOf(Key) : $"{TitleOf(Key)} · {Facet}";

    /// <summary>The title of its value axis, with the unit.</summary>
    public string AxisTitle => AxisTitleOf(Key);

    /// <summary>Whether its values are learning rates.</summary>
    public bool IsRate => Key is "train/learning_rate";

    public string? Unit => UnitOf(Key);

    private static string? UnitOf(string key) => key switch
    {
        "train/loss" or "val/loss" => "nats/token",
        "train/gradient_norm" => "nats",
        "train/tokens_per_second" => "tokens/s",
        "time/elapsed_seconds" => "s",
        _ => null,
    };

    /// <summary>Whether the metric is noisy enough to be smoothed.</summary>
    public bool IsSmoothed => !s_smooth.Contains(Key, StringComparer.Ordinal);

    public bool FromZero => Key is "train/learning_rate";

    /// <summary>Whether it is a loss, which a run that diverged does not have in the end.</summary>
    public bool IsLoss => Key is "train/loss" or "val/loss";

    public static string TitleOf(string key) => key switch
    {
        "train/loss" => "Train loss",
        "val/loss" => "Validation loss",
        "train/learning_rate" => "Learning rate",
        "train/gradient_norm" => "Gradient norm",
        "train/tokens_per_second" => "Speed",
        "time/elapsed_seconds" => "Elapsed time",
        _ => key,
    };

    /// <summary>A metric as the title of an axis: "train loss (nats/token)", "learning rate η".</summary>
    public static string AxisTitleOf(string key) => key switch
    {
        "train/learning_rate" => "learning rate η",
        _ when string.Equals(TitleOf(key), key, StringComparison.Ordinal) => key,
        _ => PlotDrawing.WithUnit(char.ToLowerInvariant(TitleOf(key)[0]) + TitleOf(key)[1..], UnitOf(key) ?? ""),
    };

    /// <summary>The metrics shown: those chosen, or losses and rate as far as the runs have them.</summary>
    public static IReadOnlyList<string> KeysOf(ComparisonSet set, ComparisonView view)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(view);
        return view.Metrics.Count > 0 ? view.Metrics : [.. s_standard.Where(key => set.Runs.Any(run => run.Keys.Contains(key, StringComparer.Ordinal)) || set.Runs.All(run => run.Keys.Count == 0))];
    }

    /// <summary>The charts, metric by metric.</summary>
    public static IReadOnlyList<ComparisonPanel> Of(ComparisonSet set, ComparisonView view, IReadOnlyList<ComparisonLine> lines) =>
        [.. KeysOf(set, view).SelectMany(key => ComparisonLines.PanelsOf(lines).Select(facet => new ComparisonPanel(key, facet)))];
}
