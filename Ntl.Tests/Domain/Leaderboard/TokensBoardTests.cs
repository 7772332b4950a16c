using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard;

public class TokensBoardTests
{
    private readonly SimulatedSeeds _lab = new(101);

    private EntryResults Entry(string id, params double?[] tokens) =>
        new(id, [.. _lab.Finished(Enumerable.Repeat(3.0, tokens.Length)).Zip(tokens, (seed, value) => seed with { TokensToTarget = value })]);

    [Fact]
    public void Of_Entries_OrdersThemByMedianWithMissesLast()
    {
        var rows = TokensBoard.Of(RuleBook.Current, [Entry("missed", null, null, null, 1, 2), Entry("b", 3, 4, 5, 6, null), Entry("a", 5, 5, 5, 1, 9), Entry("best", 1, 2, 3, 4, 5), Entry("few", 1)]);

        Assert.Equal(["best", "a", "b", "missed", "few"], rows.Select(row => row.Id));
        Assert.Equal([1, 2, 2, 4, null], rows.Select(row => row.Rank));
        Assert.Equal([3, 5, 5, double.PositiveInfinity, 1], rows.Select(row => row.Median));
        Assert.Equal([0, 0, 1, 3, 0], rows.Select(row => row.Misses));
    }

    // Thompson 1936: five values hold the median between them but for 2/32; of ten, the second and ninth but for 22/1024.
    [Fact]
    public void Interval_OfTheMedian_IsFromOneSeedToAnother()
    {
        var rows = TokensBoard.Of(RuleBook.Current, [Entry("five", 1, 2, 3, 4, null), Entry("ten", 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)]);

        Assert.Equal((new Interval(1, double.PositiveInfinity), 0.9375), (rows[0].Interval, rows[0].Coverage));
        Assert.Equal((new Interval(2, 9), 1 - (22.0 / 1024)), (rows[1].Interval, rows[1].Coverage));
    }

    [Fact]
    public void Of_NoSeeds_KnowsNothing()
    {
        var row = Assert.Single(TokensBoard.Of(RuleBook.Current, [new("new", [])]));

        Assert.Equal((null, 0, Interval.Everything), (row.Rank, row.Seeds, row.Interval));
        Assert.True(double.IsNaN(row.Median));
    }

    [Fact]
    public void Of_ADivergedSeed_IsAMiss()
    {
        var entry = Entry("a", 1, 1, 1, 1, 1);
        var row = Assert.Single(TokensBoard.Of(RuleBook.Current, [entry with { Seeds = [.. entry.Seeds.Take(4), entry.Seeds[4] with { Outcome = SeedOutcome.Diverged }] }]));

        Assert.Equal((1, 1, 1), (row.Rank, row.Misses, row.Median));
    }
}
