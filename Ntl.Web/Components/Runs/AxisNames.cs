using Ntl.Web.Live;

namespace Ntl.Web.Components.Runs;

/// <summary>The x axes by the names that URLs and the chart module use, and by those that people read.</summary>
internal static class AxisNames
{
    public static IReadOnlyList<(SeriesAxis Axis, string Title)> All { get; } =
    [
        (SeriesAxis.Step, "Step"),
        (SeriesAxis.Tokens, "Tokens"),
        (SeriesAxis.Elapsed, "Time"),
        (SeriesAxis.LearningRateSum, "D"),
    ];

    /// <summary>An axis' title on a chart.</summary>
    public static string TitleOf(SeriesAxis axis) => axis switch
    {
        SeriesAxis.Tokens => "tokens",
        SeriesAxis.Elapsed => "training time",
        SeriesAxis.LearningRateSum => "intrinsic time D = Σ η",
        _ => "step",
    };

    public static string InUrl(SeriesAxis axis) => axis switch
    {
        SeriesAxis.Tokens => "tokens",
        SeriesAxis.Elapsed => "time",
        SeriesAxis.LearningRateSum => "d",
        _ => "step",
    };

    public static SeriesAxis FromUrl(string? name) => name switch
    {
        "tokens" => SeriesAxis.Tokens,
        "time" => SeriesAxis.Elapsed,
        "d" => SeriesAxis.LearningRateSum,
        _ => SeriesAxis.Step,
    };
}
