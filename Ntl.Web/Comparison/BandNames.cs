using Ntl.Domain.Comparison;

namespace Ntl.Web.Comparison;

/// <summary>The ways to draw a group, by the names that URLs use and by those that people read.</summary>
internal static class BandNames
{
    public static IReadOnlyList<(ComparisonBand Band, string Title)> All { get; } =
    [
        (ComparisonBand.Confidence, "Mean ± 95 % CI"),
        (ComparisonBand.Deviation, "Mean ± std"),
        (ComparisonBand.Range, "Mean, min–max"),
        (ComparisonBand.Mean, "Mean"),
        (ComparisonBand.Runs, "Every run"),
    ];

    public static string InUrl(ComparisonBand band) => band switch
    {
        ComparisonBand.Mean => "mean",
        ComparisonBand.Confidence => "ci",
        ComparisonBand.Deviation => "std",
        ComparisonBand.Range => "minmax",
        _ => "runs",
    };

    public static ComparisonBand? FromUrl(string? name) => name switch
    {
        "mean" => ComparisonBand.Mean,
        "ci" => ComparisonBand.Confidence,
        "std" => ComparisonBand.Deviation,
        "minmax" => ComparisonBand.Range,
        "runs" => ComparisonBand.Runs,
        _ => null,
    };

    public static BandKind KindOf(ComparisonBand band) => band switch
    {
        ComparisonBand.Confidence => BandKind.Confidence,
        ComparisonBand.Deviation => BandKind.Deviation,
        ComparisonBand.Range => BandKind.Range,
        _ => BandKind.None,
    };

    /// <summary>What the lines and bands are, as the start of a chart's note.</summary>
    public static string Describe(ComparisonBand band) => band switch
    {
        ComparisonBand.Confidence => "Line: mean; band: 95 % interval of the mean (Student)",
        ComparisonBand.Deviation => "Line: mean; band: ± one standard deviation",
        ComparisonBand.Range => "Line: mean; band: lowest to highest run",
        _ => "Line: mean",
    };
}
