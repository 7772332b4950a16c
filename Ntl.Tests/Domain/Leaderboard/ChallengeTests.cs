using Ntl.Domain.Leaderboard;

namespace Ntl.Tests.Domain.Leaderboard;

public class ChallengeTests
{
    // The noise here is 1 nat wide, which later rules call broken down; the statistics are the same.
    private static readonly RuleBook s_rules = RuleBook.Of("1");
    private readonly SimulatedSeeds _lab = new(121);

    [Theory]
    [InlineData(-5, ChallengeVerdict.Upheld)]
    [InlineData(5, ChallengeVerdict.Overturned)]
    [InlineData(0, ChallengeVerdict.CannotTell)]
    public void Of_FreshSeeds_TellsWhatTheySay(double difference, ChallengeVerdict expected)
    {
        double[] losses = [1, 2, 3, 4, 5];

        Assert.Equal(expected, Challenge.Of(s_rules, _lab.Finished(losses.Select(loss => loss + (3 * difference))), _lab.Finished(losses)).Verdict);
    }

    [Fact]
    public void Of_ADivergedSeed_GoesAgainstItsEntry()
    {
        SeedResult[] sound = _lab.Finished(1, 2, 3, 4, 5), ill = _lab.Finished(1, 1, 1, 1, double.NaN), broken = _lab.Finished(1, 2, 3, 4, double.NaN);

        Assert.Equal(ChallengeVerdict.Overturned, Challenge.Of(s_rules, ill, sound).Verdict);
        Assert.Equal(ChallengeVerdict.Upheld, Challenge.Of(s_rules, sound, ill).Verdict);
        Assert.Equal(ChallengeVerdict.CannotTell, Challenge.Of(s_rules, ill, broken).Verdict);
    }

    [Fact]
    public void Of_WhatDidNotEnd_CannotTell()
    {
        SeedResult[] sound = _lab.Finished(1, 2, 3, 4, 5), other = _lab.Finished(11, 12, 13, 14, 15);

        Assert.Equal(ChallengeVerdict.CannotTell, Challenge.Of(s_rules, sound[..4], other).Verdict);
        Assert.Equal(ChallengeVerdict.CannotTell, Challenge.Of(s_rules, [.. sound[..4], sound[4] with { Outcome = SeedOutcome.Stopped }], other).Verdict);
        Assert.Equal(ChallengeVerdict.CannotTell, Challenge.Of(s_rules, _lab.Finished(1, 1, 1, 1, 1), _lab.Finished(2, 2, 2, 2, 2)).Verdict);
    }

    // The luckiest of twenty equal entries, challenged by another: fresh seeds know nothing of its luck.
    [Fact]
    public void Of_ALuckyWinner_IsUpheldInFivePercentAtMost()
    {
        var upheld = Enumerable.Range(0, 2000).Count(_ => Challenge.Of(s_rules, _lab.Finished(_lab.Normals(5)), _lab.Finished(_lab.Normals(5))).Verdict != ChallengeVerdict.CannotTell);

        Assert.InRange(upheld / 2000.0, 0.002, 0.05);
    }
}
