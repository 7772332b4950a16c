using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>Fresh seeds of an entry against its earlier ones.</summary>
/// <param name="Verdict">What they say.</param>
/// <param name="Batches">Complete fresh batches.</param>
/// <param name="Test">Welch's, of fresh less earlier, nats/token; null where nothing is tested.</param>
/// <param name="Interval">Of fresh less earlier. Each of its ends is wrong with a probability of at most α divided by the look's factor; everything where nothing is tested.</param>
/// <param name="Margin">What the fresh mean may be worse by: <see cref="RuleBook.ReproductionMargin"/> times the standard deviation of one seed, pooled over both; nats/token, NaN where nothing is tested.</param>
/// <param name="Why">In one sentence.</param>
/// <remarks>
/// Reproduced: the upper end is below the margin, a test of non-inferiority (Schuirmann 1987, one of his two one-sided tests; a better fresh mean is no fault). Not reproduced: else, if the lower end is above 0.
/// A true entry is called not reproduced with a probability of at most α over all fresh batches, and one that is worse by the margin is called reproduced with at most α.
/// </remarks>
public sealed record Reproduction(ReproductionVerdict Verdict, int Batches, WelchTest? Test, Interval Interval, double Margin, string Why)
{
    /// <summary>Judges a reproduction.</summary>
    /// <param name="rules">By which.</param>
    /// <param name="entry">With its earlier seeds, from which fresh ones are left out.</param>
    /// <param name="fresh">Drawn for the reproduction, in batches from 1.</param>
    /// <exception cref="DuplicateEvidenceException">A fresh seed or run stands among the earlier ones, or twice.</exception>
    public static Reproduction Of(RuleBook rules, EntryResults entry, IReadOnlyList<SeedResult> fresh)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(fresh);
        EntryEvidence.RefuseDuplicates(entry.Id, [.. entry.Seeds, .. fresh]);
        var (old, again) = (EntryEvidence.Of(rules, entry), EntryEvidence.Of(rules, new(entry.Id, fresh)));
        return (old.State, again.State) switch
        {
            (EntryState.Ranked, EntryState.Ranked) => Judge(rules, old, again),
            (EntryState.Ranked, EntryState.Diverged) => Untested(ReproductionVerdict.NotReproduced, "A fresh seed diverged, and no earlier one did."),
            (_, EntryState.Incomplete) => Untested(ReproductionVerdict.CannotTell, "A fresh run was stopped: it has to be resumed to its end."),
            (_, EntryState.Provisional) => Untested(ReproductionVerdict.CannotTell, "No fresh batch is complete yet."),
            _ => Untested(ReproductionVerdict.CannotTell, "The entry has no rank that could be reproduced."),
        };

        Reproduction Untested(ReproductionVerdict verdict, string why) => new(verdict, again.Batches, null, Interval.Everything, double.NaN, why);
    }

    private static Reproduction Judge(RuleBook rules, EntryEvidence old, EntryEvidence again)
    {
        var (before, after) = (old.Whole, again.At(again.Looks));
        var test = WelchTest.Of(after, before);
        var interval = test.Interval(1 - (2 * rules.Level / rules.Sequential.Factor(again.Looks)));
        var margin = rules.ReproductionMargin * Math.Sqrt(((before.StandardDeviation * before.StandardDeviation) + (after.StandardDeviation * after.StandardDeviation)) / 2);
        var (verdict, why) = interval switch
        {
            _ when margin == 0 => (ReproductionVerdict.CannotTell, "No seed differs from another: there is no spread to judge by."),
            { High: var high } when high < margin => (ReproductionVerdict.Reproduced, "The fresh mean is less than the margin worse."),
            { Low: > 0 } => (ReproductionVerdict.NotReproduced, "The fresh mean is worse."),
            _ => (ReproductionVerdict.CannotTell, "The interval is too wide: another batch would help."),
        };
        return new(verdict, again.Batches, test, interval, margin, why);
    }
}
