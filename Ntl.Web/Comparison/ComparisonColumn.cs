using Ntl.Domain.Comparison;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Comparison;

/// <summary>A figure of a comparison's table.</summary>
/// <param name="Id">As in URLs.</param>
/// <param name="Title">Its head.</param>
/// <param name="Unit">Of its numbers; null for none.</param>
/// <param name="Of">A run's value; the second argument has the smoothed losses, once they are read.</param>
/// <param name="Text">A value for people.</param>
public sealed record ComparisonColumn(string Id, string Title, string? Unit, Func<ComparedRun, IReadOnlyDictionary<RunId, double>, double?> Of, Func<double, string> Text)
{
    /// <summary>The figures, left to right.</summary>
    public static IReadOnlyList<ComparisonColumn> All { get; } =
    [
        new("final-val", "Final val loss", "nats/token", (run, _) => run.Row.ValidationLoss, Loss),
        new("best-val", "Best val loss", "nats/token", (run, _) => run.Row.BestValidationLoss, Loss),
        new("train", "Train loss, smoothed", "nats/token", (run, smoothed) => smoothed.TryGetValue(run.Id, out var loss) ? loss : null, Loss),
        new("d", "D", "Σ η", (run, _) => run.Row.LearningRateSum, value => Format.Number(value)),
        new("min-rate", "η min", null, (run, _) => run.Spec.Schedule.Minimum, value => Format.Number(value, 3)),
        new("tokens", "Tokens", null, (run, _) => (double)run.Row.StepsDone * run.Row.TokensPerStep, Format.Compact),
        new("time", "Time", null, (run, _) => run.Row.ElapsedSeconds, value => Format.Duration(value)),
    ];

    /// <summary>The figure over a line's runs.</summary>
    public SampleSummary Summary(ComparisonLine line, IReadOnlyDictionary<RunId, double> smoothed)
    {
        ArgumentNullException.ThrowIfNull(line);
        return SampleSummary.Of([.. line.Runs.Select(run => Of(run, smoothed) ?? double.NaN)]);
    }

    /// <summary>A line's figure in words: of several runs mean ± half the 95 % interval, with n where not all of them have it.</summary>
    public string TextOf(ComparisonLine line, IReadOnlyDictionary<RunId, double> smoothed)
    {
        var summary = Summary(line, smoothed);
        if (summary.Count == 0)
        {
            return "–";
        }

        var told = summary.Count < line.Runs.Count ? FormattableString.Invariant($" (n = {summary.Count})") : "";
        return double.IsFinite(summary.HalfWidth) && summary.Deviation > 0 ? $"{Text(summary.Mean)} ± {Spread(summary.HalfWidth)}{told}" : Text(summary.Mean) + told;
    }

    private string Spread(double halfWidth) => Id is "tokens" or "time" ? Text(halfWidth) : Format.Number(halfWidth, 2);

    // Four digits after the point, so that means and their intervals can be read together.
    private static string Loss(double value) => value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
}
