using System.Globalization;
using Ntl.Domain.Leaderboard.Statistics;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Leaderboard;

/// <summary>What a board says of one pair, in numbers and words.</summary>
internal static class PairReading
{
    public static PairComparison NotRanked(EntryEvidence a, EntryEvidence b)
    {
        var which = a.State == EntryState.Ranked ? b : a;
        return new(a.Id, b.Id, PairVerdict.NotCompared, null, which.State switch
        {
            EntryState.Diverged => $"{which.Id} has no finite mean: one of its seeds diverged or exploded.",
            EntryState.Incomplete => $"{which.Id} is incomplete: one of its runs was stopped.",
            _ => $"{which.Id} is provisional: it has too few seeds.",
        });
    }

    /// <param name="rules">Of the board.</param>
    /// <param name="pairs">Of the board.</param>
    /// <param name="a">Asked for first.</param>
    /// <param name="b">The other.</param>
    /// <param name="i">Place of the first in the tests.</param>
    /// <param name="j">Place of the other.</param>
    /// <summary>Of two ranked entries.</summary>
    public static PairComparison Of(RuleBook rules, PairTests pairs, EntryEvidence a, EntryEvidence b, int i, int j)
    {
        var rule = rules.Sequential;
        var look = rule.LookAt(a.Looks, b.Looks);
        var (first, second) = (a.At(look), b.At(look));
        if (first.StandardDeviation + second.StandardDeviation == 0)
        {
            return new(a.Id, b.Id, PairVerdict.NotCompared, null, "Neither has any spread: their seeds do not reach their losses, so that there is nothing to judge by.");
        }

        var test = WelchTest.Of(first, second);
        var (isSeparated, adjusted) = (pairs.IsSeparated(i, j), pairs.AdjustedP(i, j));
        var needed = isSeparated ? null : rule.SeedsNeeded(test.Difference, first.StandardDeviation, second.StandardDeviation, look, pairs.Threshold);
        var seen = look * rules.BatchSize;
        var lower = !isSeparated ? null : i < j ? a.Id : b.Id;
        return new(a.Id, b.Id, isSeparated ? PairVerdict.Separated : PairVerdict.Tied, lower, Why(rules, lower, adjusted, needed - seen, rule.MaximumSeeds - seen))
        {
            Look = look,
            Seeds = seen,
            Test = test,
            Interval = test.Interval(rules.Confidence),
            AdjustedP = adjusted,
            Power = PowerAnalysis.Power(test.Difference, first.StandardDeviation, seen, second.StandardDeviation, seen, pairs.Threshold / rule.Factor(look)),
            FurtherSeeds = needed - seen,
            FurtherSeedsMaximum = rule.MaximumSeeds - seen,
            HeldOut = a.HeldOutAt(rules, look) is { } own && b.HeldOutAt(rules, look) is { } other ? WelchTest.Of(own, other) : null,
        };
    }

    private static string Why(RuleBook rules, string? lower, double adjusted, int? further, int maximum)
    {
        var p = string.Create(CultureInfo.InvariantCulture, $"p = {NumberFormat.Number(adjusted, 2)} after all corrections");
        return (lower, further, maximum) switch
        {
            ({ } id, _, _) => $"{id} has the lower mean: {p}.",
            (_, { } seeds, _) => string.Create(CultureInfo.InvariantCulture, $"Not significantly different: {p}. If the difference is as seen, {seeds} more seeds of each would show it with {rules.Power:0%} power."),
            (_, _, 0) => $"Not significantly different: {p}, at the last look.",
            _ => string.Create(CultureInfo.InvariantCulture, $"Not significantly different: {p}. If the difference is as seen, {maximum} more seeds of each would not show it either."),
        };
    }
}
