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
        new("final-val", "Final val loss", "nats/token", (run, _) => run.Row.FinalLoss, Loss) { IsLoss = true },
        new("best-val", "Best val loss", "nats/token", (run, _) => run.Row.BestValidationLoss, Loss) { IsLoss = true },
        new("train", "Train loss, smoothed", "nats/token", (run, smoothed) => smoothed.TryGetValue(run.Id, out var loss) ? loss : null, Loss) { IsLoss = true },
        new("d", "D", "Σ η", (run, _) => run.Row.LearningRateSum, value => Format.Number(value)),
        new("min-rate", "η min", null, (run, _) => run.Spec.Schedule.Minimum, value => Format.Rate(value)),
        new("tokens", "Tokens", null, (run, _) => (double)run.Row.StepsDone * run.Row.TokensPerStep, Format.Compact),
        new("time", "Time", null, (run, _) => run.Row.ElapsedSeconds, value => Format.Duration(value)),
    ];

    /// <summary>Whether it is a loss, of which a run that diverged or exploded has none.</summary>
    public bool IsLoss { get; init; }

    /// <summary>The figure over a line's runs; of a loss, over those that neither diverged nor exploded.</summary>
    public SampleSummary Summary(ComparisonLine line, IReadOnlyDictionary<RunId, double> smoothed)
    {
        ArgumentNullException.ThrowIfNull(line);
        return SampleSummary.Of([.. line.Runs.Select(run => (IsLoss && run.Row.Diverged ? null : Of(run, smoothed)) ?? double.NaN)]);
    }

    /// <summary>What a line is sorted by: its mean; NaN, which comes last in either order, without one, and for a loss of a line with a run that diverged or exploded.</summary>
    public double SortKey(ComparisonLine line, IReadOnlyDictionary<RunId, double> smoothed) =>
        IsLoss && DivergedIn(line) > 0 ? double.NaN : Summary(line, smoothed).Mean;

    /// <summary>A line's figure in words: of several runs mean ± half the 95 % interval, with n where not all of them have it, and how many have none because they diverged.</summary>
    public string TextOf(ComparisonLine line, IReadOnlyDictionary<RunId, double> smoothed)
    {
        var (summary, diverged) = (Summary(line, smoothed), DivergedIn(line));
        var told = (diverged > 0 && IsLoss, line.Runs.Count) switch
        {
            (true, 1) => line.Runs[0].Row.Final.State == FinalLossState.Exploded ? "∞ (exploded)" : "∞ (diverged)",
            (true, var count) when diverged == count => FormattableString.Invariant($"(all {count} diverged)"),
            (true, var count) => FormattableString.Invariant($"({summary.Count} of {count} runs; {diverged} diverged)"),
            (_, var count) when summary.Count > 0 && summary.Count < count => FormattableString.Invariant($"(n = {summary.Count})"),
            _ => "",
        };
        return summary.Count == 0 ? (told.Length == 0 ? "–" : line.Runs.Count == 1 ? told : $"∞ {told}")
            : (double.IsFinite(summary.HalfWidth) && summary.Deviation > 0 ? Estimate(summary) : Text(summary.Mean)) + (told.Length > 0 ? $" {told}" : "");
    }

    /// <summary>What makes a line's figure incomplete, one sentence; null for a complete one.</summary>
    public string? HintOf(ComparisonLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return (IsLoss, line.Runs) switch
        {
            (false, _) => null,
            (_, [var only]) => only.Row.Diverged || Id is "final-val" ? only.Row.FinalLossReason : null,
            _ when DivergedIn(line) is > 0 and var diverged => FormattableString.Invariant($"Incomplete: {diverged} of {line.Runs.Count} runs diverged or exploded and count as ∞; the mean is of the others. The group is sorted last."),
            _ => null,
        };
    }

    private static int DivergedIn(ComparisonLine line) => line.Runs.Count(run => run.Row.Diverged);

    private string Estimate(SampleSummary summary) =>
        Id is "time" ? $"{Text(summary.Mean)} ± {Text(summary.HalfWidth)}" : Format.Estimate(summary.Mean, summary.HalfWidth);

    private static string Loss(double value) => Format.Loss(value);
}
