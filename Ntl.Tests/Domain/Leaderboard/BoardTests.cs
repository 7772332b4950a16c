using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard;

public class BoardTests
{
    // The noise here is 1 nat wide, which later rules call broken down; the statistics are the same.
    private static readonly RuleBook s_rules = RuleBook.Of("1");
    private readonly SimulatedSeeds _lab = new(61);

    private static double[] Around(double mean) => [mean - 0.02, mean - 0.01, mean, mean + 0.01, mean + 0.02];

    [Fact]
    public void Of_Entries_OrdersThemByStateAndMean()
    {
        var waiting = _lab.Finished(Around(2.9)[..4]).Append(new("w", 900, 1, SeedOutcome.Waiting, double.NaN));
        var stopped = _lab.Finished(Around(2.0)).Append(new("s", 901, 2, SeedOutcome.Stopped, double.NaN));
        EntryResults[] entries =
        [
            new("stopped", [.. stopped]), new("waiting", [.. waiting]), _lab.Entry("diverged", 1, 1.01, 1.02, 1.03, double.NaN), _lab.Entry("second", Around(3.5)), _lab.Entry("first", Around(3)),
        ];

        var rows = Board.Of(s_rules, entries).Rows;

        Assert.Equal(["first", "second", "diverged", "waiting", "stopped"], rows.Select(row => row.Id));
        Assert.Equal([EntryState.Ranked, EntryState.Ranked, EntryState.Diverged, EntryState.Provisional, EntryState.Incomplete], rows.Select(row => row.State));
        Assert.Equal([1, 2, 3, null, null], rows.Select(row => row.Rank));
        Assert.Equal(double.PositiveInfinity, rows[2].Mean);
        Assert.Equal((1, 0, 1), (rows[2].Diverged, rows[3].Stopped, rows[3].Waiting));
        Assert.Equal((1, 1), (rows[4].Stopped, rows[4].Batches));
        Assert.All(rows.Skip(2), row => Assert.Null(row.Interval));
    }

    [Fact]
    public void Of_NoEntries_IsEmpty()
    {
        var board = Board.Of(s_rules, []);

        Assert.Empty(board.Rows);
        Assert.Equal((0, 0), (board.Pairs, board.SeparatedPairs));
    }

    [Fact]
    public void Of_AnEntryWithoutSeeds_IsProvisional()
    {
        var row = Assert.Single(Board.Of(s_rules, [new("new", [])]).Rows);

        Assert.Equal((EntryState.Provisional, 0), (row.State, row.Seeds));
        Assert.True(double.IsNaN(row.Mean));
    }

    [Fact]
    public void Row_OfFiveSeeds_HasStudentsInterval()
    {
        var row = Board.Of(s_rules, [_lab.Entry("one", Around(3))]).Rows[0];

        Assert.Equal(3, row.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(0.00025), row.StandardDeviation, 1e-12);
        Assert.Equal(3 + (2.776445 * Math.Sqrt(0.00025 / 5)), row.Interval!.Value.High, 1e-6);
    }

    // Nothing inside the second batch counts before it is complete.
    [Fact]
    public void Row_InsideABatch_DoesNotPeek()
    {
        var seeds = _lab.Finished([.. Around(3), 1, 1, 1, 1]);
        var row = Board.Of(s_rules, [new("one", [.. seeds, new("last", 77, 2, SeedOutcome.Waiting, double.NaN)])]).Rows[0];

        Assert.Equal((EntryState.Ranked, 1, 5, 1), (row.State, row.Batches, row.Seeds, row.Waiting));
        Assert.Equal(3, row.Mean, 1e-12);
    }

    // b is tied with a, its group's leader, and c with b; c is separated from a, and opens a group.
    [Fact]
    public void Rank_OfTiesThatAreNotTransitive_FollowsTheLeader()
    {
        var board = Board.Of(s_rules, [_lab.Entry("a", Around(3)), _lab.Entry("b", Around(3.03)), _lab.Entry("c", Around(3.06))]);

        Assert.Equal([1, 1, 2], board.Rows.Select(row => row.Rank));
        Assert.Equal(PairVerdict.Tied, board.Compare("b", "c").Verdict);
        Assert.Equal(("a", "a"), (board.Compare("a", "c").Lower, board.Compare("c", "a").Lower));
        Assert.Equal(1, board.SeparatedPairs);
    }

    [Fact]
    public void Compare_ATiedPair_TellsHowManySeedsAreMissing()
    {
        var board = Board.Of(s_rules, [_lab.Entry("a", Around(3)), _lab.Entry("b", Around(3.02)), _lab.Entry("same", Around(3.0001))]);
        var pair = board.Compare("a", "b");

        Assert.Equal((PairVerdict.Tied, null, 1, 5), (pair.Verdict, pair.Lower, pair.Look, pair.Seeds));
        Assert.Equal(-0.02, pair.Test!.Difference, 1e-12);
        Assert.InRange(pair.AdjustedP, 0.05, 1);
        Assert.InRange(pair.Power, 0.05, 0.8);
        Assert.InRange(pair.FurtherSeeds!.Value, 10, 25);
        Assert.Equal(35, pair.FurtherSeedsMaximum);
        Assert.Null(board.Compare("a", "same").FurtherSeeds);
        Assert.Contains("35 more seeds of each would not show it either", board.Compare("a", "same").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_WhatIsNotRanked_IsNotCompared()
    {
        var board = Board.Of(s_rules, [_lab.Entry("a", Around(3)), _lab.Entry("few", [1.0, 2.0]), _lab.Entry("inf", 1, 2, 3, 4, double.PositiveInfinity)]);

        Assert.Contains("provisional", board.Compare("a", "few").Why, StringComparison.Ordinal);
        Assert.Contains("diverged", board.Compare("inf", "a").Why, StringComparison.Ordinal);
        Assert.Equal(PairVerdict.NotCompared, board.Compare("few", "inf").Verdict);
        Assert.Throws<ArgumentException>(() => board.Compare("a", "a"));
        Assert.Throws<ArgumentException>(() => board.Compare("a", "nobody"));
    }

    [Fact]
    public void Of_TheSameTwice_Throws()
    {
        SeedResult[] seeds = _lab.Finished(Around(3));

        Assert.Throws<DuplicateEvidenceException>(() => Board.Of(s_rules, [new("a", seeds), new("a", [])]));
        Assert.Throws<DuplicateEvidenceException>(() => Board.Of(s_rules, [new("a", [.. seeds, seeds[0] with { Seed = 99 }])]));
    }

    [Fact]
    public void MedianTokens_CountsMissesAsInfinite()
    {
        SeedResult[] seeds = _lab.Finished(Around(3));
        EntryResults Entry(params double?[] tokens) => new("a", [.. seeds.Zip(tokens, (seed, value) => seed with { TokensToTarget = value })]);

        Assert.Equal(3e6, Board.Of(s_rules, [Entry(1e6, null, 3e6, null, 2e6)]).Rows[0].MedianTokensToTarget);
        Assert.Equal(double.PositiveInfinity, Board.Of(s_rules, [Entry(1e6, null, null, null, 2e6)]).Rows[0].MedianTokensToTarget);
        Assert.Null(Board.Of(s_rules, [Entry(null, null, null, null, null)]).Rows[0].MedianTokensToTarget);
    }

    // The thresholds that spare most p-values must say just what Holm's correction of every p says.
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(40)]
    public void Separations_OfManyEntries_AreHolmsOfEveryPair(double gap)
    {
        for (var round = 0; round < 8; round++)
        {
            EntryResults[] entries = [.. Enumerable.Range(0, 24).Select(i => _lab.Entry($"e{i}", i * gap, 1 + (i % 3), 1 + (i % 4)))];
            var board = Board.Of(s_rules, entries);
            List<(string Lower, string Higher, double P)> pairs = [];
            for (var i = 0; i < entries.Length; i++)
            {
                for (var j = i + 1; j < entries.Length; j++)
                {
                    pairs.Add(Pair(board, board.Rows[i].Id, board.Rows[j].Id, entries));
                }
            }

            var adjusted = HolmCorrection.Adjust([.. pairs.Select(pair => pair.P)]);
            for (var i = 0; i < pairs.Count; i++)
            {
                var read = board.Compare(pairs[i].Lower, pairs[i].Higher);
                Assert.Equal(adjusted[i], read.AdjustedP, 1e-12);
                Assert.Equal(adjusted[i] <= 0.05, read.Verdict == PairVerdict.Separated);
            }

            Assert.Equal(adjusted.Count(p => p <= 0.05), board.SeparatedPairs);
        }
    }

    private static (string Lower, string Higher, double P) Pair(Board board, string lower, string higher, EntryResults[] entries)
    {
        double[] first = Losses(lower), second = Losses(higher);
        var look = Math.Min(first.Length, second.Length) / 5;
        var test = WelchTest.Of(first.AsSpan(0, look * 5), second.AsSpan(0, look * 5));
        return (lower, higher, test.Difference < 0 ? Math.Min(1, test.P * board.Rules.Sequential.Factor(look)) : 1);

        double[] Losses(string id) => [.. entries.Single(entry => entry.Id == id).Seeds.Select(seed => seed.Loss)];
    }
}
