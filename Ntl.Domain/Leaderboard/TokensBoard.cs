namespace Ntl.Domain.Leaderboard;

/// <summary>A track's entries by the tokens that they need to meet the track's target loss: fewer is better.</summary>
/// <remarks>Median over seeds, so that a miss needs no number: AlgoPerf's rule (Dahl et al. 2023, arXiv:2306.07179) that misses count as ∞ and stay in.</remarks>
public static class TokensBoard
{
    /// <summary>What its ranks mean, to be shown with it.</summary>
    public const string Statement =
        "Ordered by median, equal medians share a rank. No test stands behind these ranks: with five seeds each, the smallest p of a rank test is 0.008, which no correction for looks and pairs survives. "
        + "Where two intervals overlap, read them as a tie.";

    /// <summary>Orders entries.</summary>
    /// <param name="rules">By which seeds are counted.</param>
    /// <param name="entries">In any order; may be empty.</param>
    /// <returns>Ranked ones by median, then the others by median.</returns>
    /// <exception cref="DuplicateEvidenceException">An entry has a seed or a run twice.</exception>
    public static IReadOnlyList<TokensRow> Of(RuleBook rules, IReadOnlyList<EntryResults> entries)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(entries);
        List<(bool IsRanked, TokensRow Row)> rows = [.. entries.Select(entry => EntryEvidence.Of(rules, entry)).Select(entry => (entry.State <= EntryState.Diverged, entry.TokensRow(rules)))];
        double[] medians = [.. rows.Where(row => row.IsRanked).Select(row => row.Row.Median).Order()];
        return
        [
            .. rows
                .OrderByDescending(row => row.IsRanked).ThenBy(row => double.IsNaN(row.Row.Median)).ThenBy(row => row.Row.Median).ThenBy(row => row.Row.Id, StringComparer.Ordinal)
                .Select(row => row.IsRanked ? row.Row with { Rank = LowerThan(medians, row.Row.Median) + 1 } : row.Row),
        ];
    }

    private static int LowerThan(double[] ascending, double median)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ascending[middle] < median ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
