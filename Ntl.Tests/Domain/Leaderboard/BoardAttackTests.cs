using Ntl.Domain.Leaderboard;

namespace Ntl.Tests.Domain.Leaderboard;

/// <summary>What an author might try to look better than he is; each must gain nothing.</summary>
public class BoardAttackTests
{
    // The noise here is 1 nat wide, which later rules call broken down; the statistics are the same.
    private static readonly RuleBook s_rules = RuleBook.Of("1");

    // Twenty tiny variations of one schedule against an honest one that is as good: the luckiest leads, and is tied all the same.
    [Fact]
    public void ManyClones_TheLuckiestIsTiedWithAnEqualRival()
    {
        SimulatedSeeds lab = new(81);

        var won = Enumerable.Range(0, 500).Count(_ =>
            Board.Of(s_rules, [lab.Entry("rival", 3, 1), .. Enumerable.Range(0, 20).Select(i => lab.Entry($"clone {i}", 3, 1))]).Rows.Single(row => row.Id == "rival").Rank > 1);

        Assert.InRange(won / 500.0, 0, 0.05);
    }

    // He looks after each batch and stops as soon as he is ahead for sure; else he queues another, to the last look.
    [Fact]
    public void StoppingWhenAhead_WinsInFivePercentAtMost()
    {
        SimulatedSeeds lab = new(82);

        var won = Enumerable.Range(0, 1000).Count(_ =>
        {
            var (rival, own) = (lab.Finished(lab.Normals(40)), lab.Finished(lab.Normals(40)));
            return Enumerable.Range(1, 8).Any(batches => Board.Of(s_rules, [new("own", own[..(batches * 5)]), new("rival", rival[..(batches * 5)])]) is { SeparatedPairs: 1, Rows: [{ Id: "own" }, _] });
        });

        Assert.InRange(won / 1000.0, 0, 0.05);
    }

    // He stops adding to his own entry at its luckiest batch while the rival's grows: a look sees as many batches of the rival as of his.
    [Fact]
    public void StoppingAtTheLuckiestBatch_WinsInFivePercentAtMost()
    {
        SimulatedSeeds lab = new(83);

        var won = Enumerable.Range(0, 1000).Count(_ =>
        {
            var (rival, own) = (lab.Finished(lab.Normals(40)), lab.Finished(lab.Normals(40)));
            var luckiest = Enumerable.Range(1, 8).MinBy(batches => own.Take(batches * 5).Average(seed => seed.Loss));
            return Board.Of(s_rules, [new("own", own[..(luckiest * 5)]), new("rival", rival)]) is { SeparatedPairs: 1, Rows: [{ Id: "own" }, _] };
        });

        Assert.InRange(won / 1000.0, 0, 0.05);
    }

    [Fact]
    public void CancellingABadSeed_CostsTheRank()
    {
        SeedResult[] seeds = new SimulatedSeeds(84).Finished(3, 3.1, 2.9, 3.05, 9);

        var row = Board.Of(s_rules, [new("own", [.. seeds[..4], seeds[4] with { Outcome = SeedOutcome.Stopped }])]).Rows[0];

        Assert.Equal((EntryState.Incomplete, null), (row.State, row.Rank));
    }

    [Fact]
    public void LeavingABadSeedOut_CostsTheRank()
    {
        SeedResult[] seeds = new SimulatedSeeds(85).Finished(3, 3.1, 2.9, 3.05, 9);

        var row = Board.Of(s_rules, [new("own", seeds[..4])]).Rows[0];

        Assert.Equal((EntryState.Provisional, null), (row.State, row.Rank));
    }

    // A sixth seed of the first batch in place of a bad one, or one batch in place of another.
    [Fact]
    public void PuttingASeedOrBatchInAnothersPlace_CountsNothing()
    {
        SeedResult[] seeds = new SimulatedSeeds(86).Finished(3, 3.1, 2.9, 3.05, 9, 2, 2.1, 2.2, 2.3, 2.4);
        SeedResult[] six = [.. seeds[..5], seeds[5] with { Batch = 1 }];

        Assert.Equal(EntryState.Provisional, Board.Of(s_rules, [new("own", six)]).Rows[0].State);
        Assert.Equal(EntryState.Provisional, Board.Of(s_rules, [new("own", seeds[5..])]).Rows[0].State);
        Assert.Equal(10, Board.Of(s_rules, [new("own", seeds)]).Rows[0].Seeds);
    }

    [Fact]
    public void HidingADivergedSeed_IsNotPossible()
    {
        SeedResult[] seeds = new SimulatedSeeds(87).Finished(2, 2.1, 2.2, 2.05, 2.15);

        // By its word, by its loss, or by a loss that it had before: it counts as infinite.
        Assert.All(
            new SeedResult[] { seeds[4] with { Outcome = SeedOutcome.Diverged }, seeds[4] with { Loss = double.NaN }, seeds[4] with { Loss = double.NegativeInfinity } },
            seed => Assert.Equal(EntryState.Diverged, Board.Of(s_rules, [new("own", [.. seeds[..4], seed])]).Rows[0].State));
    }

    [Fact]
    public void RepeatingASeed_IsRefused()
    {
        SeedResult[] seeds = new SimulatedSeeds(88).Finished(2, 2, 2, 2, 2);

        var refused = Assert.Throws<DuplicateEvidenceException>(() => Board.Of(s_rules, [new("own", [.. seeds[..4], seeds[4] with { Seed = seeds[0].Seed }])]));

        Assert.Equal("own", refused.Entry);
    }

    // Two entries whose losses do not depend on the seed: no spread, and so no certainty.
    [Fact]
    public void LossesWithoutSpread_AreNotBelieved()
    {
        SimulatedSeeds lab = new(89);

        var board = Board.Of(s_rules, [lab.Entry("own", 2, 2, 2, 2, 2), lab.Entry("other", 3, 3, 3, 3, 3)]);

        Assert.Equal([1, 1], board.Rows.Select(row => row.Rank));
        Assert.Equal(PairVerdict.NotCompared, board.Compare("own", "other").Verdict);
    }

    // Ten evaluations near the end, the luckiest taken: it would win most boards. The board's evidence has one loss a seed, that of the last step.
    [Fact]
    public void TheLuckiestEvaluation_WouldWinAndHasNoPlace()
    {
        SimulatedSeeds lab = new(90);
        var (lucky, last) = (0, 0);
        for (var i = 0; i < 500; i++)
        {
            double[][] evaluations = [.. Enumerable.Range(0, 5).Select(_ => lab.Normals(10, 3))];
            var rival = lab.Entry("rival", 3, 1);
            lucky += Board.Of(s_rules, [lab.Entry("own", evaluations.Select(run => run.Min())), rival]).SeparatedPairs;
            last += Board.Of(s_rules, [lab.Entry("own", evaluations.Select(run => run[^1])), rival]).SeparatedPairs;
        }

        Assert.InRange(lucky / 500.0, 0.3, 1);
        Assert.InRange(last / 500.0, 0, 0.05);
        Assert.Single(typeof(SeedResult).GetConstructors().Single(made => made.GetParameters().Length > 1).GetParameters(), parameter => parameter.Name == "Loss" && parameter.ParameterType == typeof(double));
    }

    [Fact]
    public void TuningOnThePublicSlice_IsMarkedByTheHeldOutOne()
    {
        SimulatedSeeds lab = new(91);
        EntryResults Entry(string id, double publicLoss, double heldOut) =>
            new(id, [.. lab.Finished(lab.Normals(5, publicLoss, 0.002)).Select(seed => seed with { HeldOutLoss = seed.Loss - publicLoss + heldOut + (0.0005 * lab.Normal()) })]);

        var board = Board.Of(s_rules, [Entry("tuned", 2.95, 3.03), Entry("honest", 3, 3.01), Entry("worse", 3.05, 3.06)]);

        Assert.Equal(["tuned", "honest", "worse"], board.Rows.Select(row => row.Id));
        Assert.Equal([1, 0, 0], board.Rows.Select(row => row.HeldOut!.BeatenBy));
        Assert.True(board.Rows[0].HeldOut!.IsContradicted);
        Assert.True(board.Rows[0].HeldOut!.GapInterval.Low > board.Rows[1].HeldOut!.GapInterval.High);
        Assert.True(board.Compare("tuned", "honest").HeldOut!.Difference > 0);
    }

    // The held-out slice is for ranked entries only, and marks no honest one.
    [Fact]
    public void HeldOut_OfHonestEntries_MarksNone()
    {
        SimulatedSeeds lab = new(92);
        var marked = 0;
        for (var i = 0; i < 200; i++)
        {
            var board = Board.Of(s_rules, [.. Enumerable.Range(0, 6).Select(e => new EntryResults($"e{e}", [.. lab.Finished(lab.Normals(5, 3 + (0.02 * e), 0.005)).Select(seed => seed with { HeldOutLoss = seed.Loss + 0.1 + (0.002 * lab.Normal()) })]))]);
            marked += board.Rows.Count(row => row.HeldOut!.IsContradicted);
        }

        Assert.Equal(0, marked);
        Assert.Null(Board.Of(s_rules, [new("few", [.. lab.Finished(3).Select(seed => seed with { HeldOutLoss = 3 })])]).Rows[0].HeldOut);
    }
}
