using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

public class SequentialRuleTests
{
    private static readonly SequentialRule s_rule = RuleBook.Current.Sequential;

    [Fact]
    public void Factor_OfAllLooks_SharesTheWholeLevel()
    {
        Assert.Equal(1, Enumerable.Range(1, 8).Sum(look => 1 / s_rule.Factor(look)), 1e-12);
        Assert.Equal(761.0 / 280, s_rule.Factor(1), 1e-12); // the eighth harmonic number
        Assert.Throws<ArgumentOutOfRangeException>(() => s_rule.Factor(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_rule.Factor(9));
    }

    [Fact]
    public void LookAt_UnequalBatches_IsWhatBothHave()
    {
        Assert.Equal(0, s_rule.LookAt(0, 3));
        Assert.Equal(2, s_rule.LookAt(2, 3));
        Assert.Equal(8, s_rule.LookAt(11, 9));
    }

    [Fact]
    public void Judge_InsideABatch_SeesNothing()
    {
        var contest = s_rule.Judge([1, 2, 3, 4], [11, 12, 13, 14]);

        Assert.Equal((ContestVerdict.Continue, 0), (contest.Verdict, contest.Look));
        Assert.Null(contest.Test);
    }

    [Fact]
    public void Judge_FurtherSeedsOfOne_WaitForTheOther()
    {
        var even = s_rule.Judge([1, 2, 3, 4, 5], [2, 3, 4, 5, 6]);
        var ahead = s_rule.Judge([1, 2, 3, 4, 5, -9, -9, -9, -9, -9.5], [2, 3, 4, 5, 6, 99]);

        Assert.Equal(even, ahead);
    }

    [Fact]
    public void Judge_FarApart_SeparatesTheLower()
    {
        var contest = s_rule.Judge([1, 2, 3, 4, 5], [21, 22, 23, 24, 25]);

        Assert.Equal((ContestVerdict.Separated, true, false), (contest.Verdict, contest.IsFirstLower, contest.IsSecondLower));
        Assert.Equal(contest.Test!.P * s_rule.Factor(1), contest.P, 1e-15);
        Assert.True(s_rule.Judge([21, 22, 23, 24, 25], [1, 2, 3, 4, 5]).IsSecondLower);
    }

    [Fact]
    public void Judge_ManyComparisons_SharesTheLevel()
    {
        double[] first = [1, 2, 3, 4, 5], second = [6, 7, 8, 9, 10];

        Assert.Equal(ContestVerdict.Separated, s_rule.Judge(first, second).Verdict);
        Assert.Equal(ContestVerdict.Continue, s_rule.Judge(first, second, 45).Verdict);
        Assert.Equal(10, s_rule.Judge(first, second, 45).SeedsNeeded);
    }

    [Fact]
    public void Judge_NoHopeLeft_IsFutile()
    {
        double[] first = [.. Enumerable.Range(0, 30).Select(i => (double)(i % 5))], second = [.. first.Select(loss => loss + 0.01)];
        var last = s_rule.Judge([.. first, .. first[..10]], [.. second, .. second[..10]]);

        Assert.Equal(ContestVerdict.Futile, s_rule.Judge(first, second).Verdict);
        Assert.Null(s_rule.Judge(first, second).SeedsNeeded);
        Assert.Equal((ContestVerdict.Futile, 8), (last.Verdict, last.Look));
    }

    [Fact]
    public void Judge_ADivergedSeed_TellsNothing() => Assert.Equal(1, s_rule.Judge([1, 2, 3, 4, double.PositiveInfinity], [1, 2, 3, 4, 5]).P);

    // Two equal schedules, 2,000 contests, looked at after every batch to the last; whoever stops earlier, for whatever reason, sees no more. Skewed noise errs no more, as skewness alike on both sides cancels in the difference.
    [Theory]
    [InlineData("normal", 1)]
    [InlineData("normal", 3)]
    [InlineData("skewed", 1)]
    [InlineData("outlying", 1)]
    public void EveryLook_AtEqualSchedules_ClaimsAWinnerInFivePercentAtMost(string noise, double spread) => Assert.InRange(FalseWinners(noise, spread, s_rule.Factor), 0.003, 0.05);

    // The same with no level shared: what looking after every batch does to a plain test. Shows that the simulation can find an error.
    [Fact]
    public void EveryLook_WithoutTheFactor_ClaimsFarMoreWinners() => Assert.InRange(FalseWinners("normal", 1, _ => 1), 0.12, 0.25);

    [Fact]
    public void Judge_EqualSchedulesToTheEnd_ClaimsFewWinnersAndGivesUpEarly()
    {
        var (winners, seeds) = Contests(2000, 0, contest => contest.Verdict == ContestVerdict.Separated);

        Assert.InRange(winners, 0.01, 0.05);
        Assert.InRange(seeds, 15, 38);
    }

    // A difference of 1.5 spreads of a seed is told nearly always, and long before the last look.
    [Fact]
    public void Judge_DifferentSchedules_FindsTheLowerEarly()
    {
        var (winners, seeds) = Contests(300, 1.5, contest => contest.IsFirstLower);

        Assert.InRange(winners, 0.95, 1);
        Assert.InRange(seeds, 5, 15);
    }

    internal static double FalseWinners(string noise, double spread, Func<int, double> factor)
    {
        SimulatedSeeds seeds = new(53);
        return Enumerable.Range(0, 2000).Count(_ =>
        {
            var (first, second) = (Draw(1), Draw(spread));
            return Enumerable.Range(1, 8).Any(look => WelchTest.Of(first.AsSpan(0, look * 5), second.AsSpan(0, look * 5)).P * factor(look) <= 0.05);
        }) / 2000.0;

        double[] Draw(double deviation) => SimulatedSeeds.Draws(40, () => deviation * noise switch
        {
            "skewed" => seeds.Skewed(),
            "outlying" => seeds.Outlying(),
            _ => seeds.Normal(),
        });
    }

    internal static (double Share, double Seeds) Contests(int count, double difference, Func<Contest, bool> isCounted)
    {
        var (lab, counted, seeds) = (new SimulatedSeeds(54), 0, 0);
        for (var i = 0; i < count; i++)
        {
            var (a, b, look) = (lab.Normals(s_rule.MaximumSeeds), lab.Normals(s_rule.MaximumSeeds, difference), 0);
            Contest contest;
            do
            {
                look++;
                contest = s_rule.Judge(a.AsSpan(0, look * s_rule.BatchSize), b.AsSpan(0, look * s_rule.BatchSize));
            }
            while (contest.Verdict == ContestVerdict.Continue);

            counted += isCounted(contest) ? 1 : 0;
            seeds += look * s_rule.BatchSize;
        }

        return (counted / (double)count, seeds / (double)count);
    }
}
