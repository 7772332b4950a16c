using Ntl.Domain.Leaderboard;

namespace Ntl.Tests.Domain.Leaderboard;

/// <summary>A seed that ends badly with a finite loss must not help its entry, and no healthy seed may be called bad.</summary>
public class BadSeedTests
{
    private static readonly double[] s_good = [1.500, 1.502, 1.498, 1.501, 1.499];
    private static readonly double[] s_worse = [1.550, 1.552, 1.548, 1.551, 1.549];

    // Rules 1 call the entry with the bad seed tied with the leader, because its spread is so wide: without the seed it is second.
    [Theory]
    [InlineData("1", 2.2, 1)]
    [InlineData("1", 4e13, 1)]
    [InlineData("2", 2.2, 2)]
    [InlineData("2", 4e13, 2)]
    public void Rank_OfAnEntryWithABadSeed_IsLastUnderRules2(string version, double bad, int rank)
    {
        SimulatedSeeds lab = new(91);
        var rules = RuleBook.Of(version);
        var row = Board.Of(rules, [lab.Entry("good", s_good), lab.Entry("spoilt", [.. s_worse[..4], bad])]).Rows.Single(row => row.Id == "spoilt");

        Assert.Equal(rank, row.Rank);
        Assert.Equal(version == "2", double.IsPositiveInfinity(row.Mean));
        Assert.Equal(2, Board.Of(rules, [lab.Entry("good", s_good), lab.Entry("worse", s_worse)]).Rows.Single(own => own.Id == "worse").Rank);
    }

    // Three of five seeds are bad: the median is no measure of what the schedule can do, its best seed is.
    [Fact]
    public void Rank_WhereMostSeedsBrokeDown_IsLast()
    {
        SimulatedSeeds lab = new(92);
        var row = Board.Of(RuleBook.Of("2"), [lab.Entry("good", s_good), lab.Entry("spoilt", 1.45, 1.45, 3.3, 3.3, 3.31)]).Rows[^1];

        Assert.Equal(("spoilt", EntryState.Diverged, 3), (row.Id, row.State, row.Diverged));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Rank_WhenASeedBreaksDown_NeverImproves(int entries)
    {
        SimulatedSeeds lab = new(93);
        var improved = 0;
        for (var trial = 0; trial < 2000; trial++)
        {
            EntryResults[] before = [.. Enumerable.Range(0, entries).Select(i => lab.Entry($"e{i}", lab.Normals(5, 3 + (i * 0.02), 0.01)))];
            var (place, seed) = ((int)(lab.Uniform() * entries), (int)(lab.Uniform() * 5));
            var worse = before[place].Seeds[seed].Loss + 0.6 + Math.Exp(lab.Uniform() * 30);
            EntryResults[] after = [.. before];
            after[place] = before[place] with { Seeds = [.. before[place].Seeds.Select((own, i) => i == seed ? own with { Loss = worse } : own)] };

            improved += RankIn(after, place) < RankIn(before, place) ? 1 : 0;
        }

        Assert.Equal(0, improved);

        static int RankIn(EntryResults[] entries, int place) => Board.Of(RuleBook.Of("2"), entries).Rows.Single(row => row.Id == entries[place].Id).Rank!.Value;
    }

    // Seeds of healthy runs differ by 0.01 to 0.03 nats (standard deviation): more than that, skewed or outlying, over eight batches.
    [Theory]
    [InlineData("normal", 0.05)]
    [InlineData("skewed", 0.03)]
    [InlineData("outlying", 0.05)]
    public void Judge_OfHealthySeeds_CallsNoneBrokenDown(string noise, double deviation)
    {
        SimulatedSeeds lab = new(94);
        var called = Enumerable.Range(0, 2000).Sum(_ => RuleBook.Of("2")
            .Judge(lab.Finished(SimulatedSeeds.Draws(40, () => 3 + (deviation * noise switch { "skewed" => lab.Skewed(), "outlying" => lab.Outlying(), _ => lab.Normal() }))))
            .Count(seed => seed.Outcome == SeedOutcome.Exploded));

        Assert.Equal(0, called);
    }

    [Fact]
    public void Judge_OfAStoppedOrWaitingSeed_LeavesItAsItIs()
    {
        SeedResult[] seeds = [.. new SimulatedSeeds(95).Finished(1.5, 9, 9).Select((seed, i) => i == 0 ? seed : seed with { Outcome = i == 1 ? SeedOutcome.Stopped : SeedOutcome.Waiting })];

        Assert.Equal(seeds.Select(seed => seed.Outcome), RuleBook.Of("2").Judge(seeds).Select(seed => seed.Outcome));
    }
}
