using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>A claim that one entry has a lower mean than another, put to fresh seeds of both.</summary>
/// <param name="Verdict">What they say.</param>
/// <param name="Contest">By the rules' sequential rule, on fresh seeds alone: luck that made the claim has no part in it. Null where a seed diverged or a run was stopped.</param>
/// <param name="Why">In one sentence.</param>
/// <remarks>One pair, chosen before its seeds are drawn, so that nothing is corrected for other pairs. Who challenges twenty times finds one claim in twenty overturned or upheld by chance: outcomes are to be shown together.</remarks>
public sealed record Challenge(ChallengeVerdict Verdict, Contest? Contest, string Why)
{
    /// <summary>Judges a challenge.</summary>
    /// <param name="rules">By which.</param>
    /// <param name="lower">Fresh seeds of the entry claimed to be lower, in batches from 1.</param>
    /// <param name="higher">Fresh seeds of the other.</param>
    /// <exception cref="DuplicateEvidenceException">A seed or run stands twice on one side.</exception>
    public static Challenge Of(RuleBook rules, IReadOnlyList<SeedResult> lower, IReadOnlyList<SeedResult> higher)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(higher);
        var (first, second) = (EntryEvidence.Of(rules, new("claimed lower", lower)), EntryEvidence.Of(rules, new("claimed higher", higher)));
        return (first.State, second.State) switch
        {
            (EntryState.Incomplete, _) or (_, EntryState.Incomplete) => new(ChallengeVerdict.CannotTell, null, "A fresh run was stopped: it has to be resumed to its end."),
            (EntryState.Diverged, EntryState.Ranked) => new(ChallengeVerdict.Overturned, null, "A fresh seed of the entry claimed to be lower diverged, and none of the other."),
            (EntryState.Ranked, EntryState.Diverged) => new(ChallengeVerdict.Upheld, null, "A fresh seed of the entry claimed to be higher diverged, and none of the other."),
            (EntryState.Diverged, EntryState.Diverged) => new(ChallengeVerdict.CannotTell, null, "Fresh seeds of both diverged."),
            _ => Judge(rules.Sequential.Judge(first.Losses, second.Losses)),
        };
    }

    private static Challenge Judge(Contest contest) => contest switch
    {
        { Test.StandardError: 0 } => new(ChallengeVerdict.CannotTell, contest, "No seed differs from another: there is no spread to judge by."),
        { IsFirstLower: true } => new(ChallengeVerdict.Upheld, contest, "The entry claimed to be lower is lower in fresh seeds too."),
        { IsSecondLower: true } => new(ChallengeVerdict.Overturned, contest, "The other entry is lower in fresh seeds."),
        { Look: 0 } => new(ChallengeVerdict.CannotTell, contest, "No fresh batch of both is complete yet."),
        { Verdict: ContestVerdict.Futile } => new(ChallengeVerdict.CannotTell, contest, "Not significantly different, and no remaining look is likely to change that."),
        _ => new(ChallengeVerdict.CannotTell, contest, "Not significantly different yet: another batch of both would help."),
    };
}
