using Ntl.Domain.Leaderboard;

namespace Ntl.Tests.Domain.Leaderboard;

public class ReproductionTests
{
    // The noise here is 1 nat wide, which later rules call broken down; the statistics are the same.
    private static readonly RuleBook s_rules = RuleBook.Of("1");
    private readonly SimulatedSeeds _lab = new(111);

    [Fact]
    public void Of_TrueEntries_AccusesFewAndClearsMost()
    {
        var verdicts = Verdicts(0);

        Assert.InRange(verdicts[ReproductionVerdict.NotReproduced], 0, 0.05);
        Assert.InRange(verdicts[ReproductionVerdict.Reproduced], 0.6, 1);
    }

    [Fact]
    public void Of_EntriesWorseByTheMargin_ClearsFew() => Assert.InRange(Verdicts(2)[ReproductionVerdict.Reproduced], 0, 0.06);

    [Fact]
    public void Of_EntriesFarWorse_AccusesMost() => Assert.InRange(Verdicts(3)[ReproductionVerdict.NotReproduced], 0.9, 1);

    [Fact]
    public void Of_WhatDidNotEnd_CannotTell()
    {
        var entry = _lab.Entry("a", 3, 1);
        SeedResult[] fresh = _lab.Finished(_lab.Normals(5, 3));

        Assert.Equal(ReproductionVerdict.CannotTell, Reproduction.Of(s_rules, entry, fresh[..4]).Verdict);
        Assert.Equal(ReproductionVerdict.CannotTell, Reproduction.Of(s_rules, entry, [.. fresh[..4], fresh[4] with { Outcome = SeedOutcome.Stopped }]).Verdict);
        Assert.Equal(ReproductionVerdict.CannotTell, Reproduction.Of(s_rules, new("few", []), fresh).Verdict);
        Assert.Equal(ReproductionVerdict.NotReproduced, Reproduction.Of(s_rules, entry, [.. fresh[..4], fresh[4] with { Outcome = SeedOutcome.Diverged }]).Verdict);
    }

    [Fact]
    public void Of_EarlierSeedsAsFreshOnes_IsRefused()
    {
        var entry = _lab.Entry("a", 3, 1);

        Assert.Throws<DuplicateEvidenceException>(() => Reproduction.Of(s_rules, entry, entry.Seeds));
    }

    [Fact]
    public void Of_NoSpread_CannotTell() =>
        Assert.Equal(ReproductionVerdict.CannotTell, Reproduction.Of(s_rules, _lab.Entry("a", 3, 3, 3, 3, 3), _lab.Finished(3, 3, 3, 3, 3)).Verdict);

    private Dictionary<ReproductionVerdict, double> Verdicts(double worse)
    {
        var verdicts = Enumerable.Range(0, 2000).Select(_ => Reproduction.Of(s_rules, _lab.Entry("a", 3, 1), _lab.Finished(_lab.Normals(5, 3 + worse))).Verdict).ToList();
        return Enum.GetValues<ReproductionVerdict>().ToDictionary(verdict => verdict, verdict => verdicts.Count(other => other == verdict) / 2000.0);
    }
}
