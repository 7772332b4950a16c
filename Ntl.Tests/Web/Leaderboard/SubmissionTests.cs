using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Leaderboard;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Leaderboard;

/// <summary>Tracks on a real database: what is fixed, who draws seeds, what counts, and what attackers try.</summary>
public sealed class SubmissionTests
{
    private static readonly double[] s_low = [2.00, 2.01, 2.02, 2.03, 2.04];
    private static readonly double[] s_high = [2.50, 2.51, 2.52, 2.53, 2.54];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submission_DrawsDistinctSeedsAndQueuesTheTracksOwnRuns()
    {
        await using var track = await TrackStore.OpenAsync(target: 2.02);

        var outcome = await track.SubmitAsync(1e-3);

        Assert.Equal(5, outcome.Runs.Count);
        var detail = await track.DetailAsync(outcome.Id!);
        Assert.Equal(5, detail.Runs.Select(run => run.Seed).Distinct().Count());
        foreach (var run in outcome.Runs)
        {
            var spec = (await track.Store.Specs.FindAsync(run, Cancellation))!;
            Assert.Equal(new EntryMembership { Track = track.Track, Entry = outcome.Id!, Batch = 1, TargetLoss = 2.02 }, spec.Entry);
            Assert.Equal((detail.Track.Spec.Model, detail.Track.Spec.Dataset, detail.Track.Spec.Optimizer, (int?)detail.Track.Spec.HeldOutBatches), (spec.Model, spec.Dataset, spec.Optimizer, spec.HeldOutBatches));
            Assert.Equal(StandardSchedules.Constant(TrackStore.Steps, 1e-3), spec.Schedule);
        }
    }

    [Fact]
    public async Task Board_OfTwoEntries_TellsThemApartByTheirFinalLosses()
    {
        await using var track = await TrackStore.OpenAsync(target: 2.02);
        var high = await track.EnterAsync(1e-3, s_high);
        var low = await track.EnterAsync(2e-3, s_low);

        var board = await track.BoardAsync();

        Assert.Equal([low, high], board.Standings.Select(standing => standing.Entry.Id));
        Assert.Equal([1, 2], board.Standings.Select(standing => standing.Row.Rank!.Value));
        Assert.Equal(2.02, board.Standings[0].Row.Mean, 1e-12);
        Assert.Equal(2.12, board.Standings[0].Row.HeldOut!.Mean, 1e-12);
        // Three of five reach the target, with the tokens of all steps: the validation is at the end.
        Assert.Equal(TrackStore.Steps * 16, board.Standings[0].Row.MedianTokensToTarget);
        Assert.Equal((1, 0), (board.Board.SeparatedPairs, board.OpenCount));
        Assert.Equal((10, 2, 10L * 40 * 16), (board.Authors[0].RunCount, board.Authors[0].EntryCount, board.Authors[0].Tokens));
    }

    [Fact]
    public async Task Schedule_SubmittedAgain_IsTheSameEntryAndDrawsNothing()
    {
        await using var track = await TrackStore.OpenAsync();
        var first = await track.SubmitAsync(1e-3);

        var again = await track.SubmitAsync(1e-3, by: "Mallory");

        Assert.Equal((first.Id, 0), (again.Id, again.Runs.Count));
        Assert.Equal(5, (await track.DetailAsync(first.Id!)).Runs.Count);
    }

    [Fact]
    public async Task Schedule_OfAnotherLength_IsRefusedBesideItsField()
    {
        await using var track = await TrackStore.OpenAsync();

        var outcome = await track.Submissions.SubmitAsync(track.Track, new(StandardSchedules.Constant(TrackStore.Steps + 1, 1e-3), "", "Ada", ""), Cancellation);
        var nameless = await track.SubmitAsync(1e-3, by: " ");

        Assert.Equal("schedule", Assert.Single(outcome.Problems).Path);
        Assert.Equal("by", Assert.Single(nameless.Problems).Path);
        Assert.Empty((await track.BoardAsync()).Standings);
    }

    [Fact]
    public async Task Attack_RunThatClaimsAnEntry_IsRefused()
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, s_low);
        var forged = (await track.Store.Specs.FindAsync((await track.DetailAsync(entry)).Runs[0].Id, Cancellation))! with { Seed = 42 };

        var single = await track.Store.Commands.CreateAsync(forged, null, Cancellation);
        var many = await track.Store.Commands.CreateManyAsync([new(RunId.New(), forged)], null, Cancellation);

        Assert.Equal("entry", Assert.Single(single.Problems).Path);
        Assert.Equal("runs[0].entry", Assert.Single(many).Path);
        Assert.Equal(5, (await track.StandingAsync(entry)).Row.Seeds);
    }

    [Fact]
    public async Task Attack_SeedTwice_IsRefusedByTheDatabase()
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, s_low);
        var copy = (await track.Store.Specs.FindAsync((await track.DetailAsync(entry)).Runs[0].Id, Cancellation))!;

        await Assert.ThrowsAnyAsync<Exception>(() => track.Store.Commands.CreateManyAsync([new(RunId.New(), copy)], _ => Task.FromResult<IReadOnlyList<SpecProblem>>([]), Cancellation));

        Assert.Equal(5, (await track.DetailAsync(entry)).Runs.Count);
    }

    [Theory]
    [InlineData("DELETE FROM runs WHERE \"FinalLoss\" > 2.03")]
    [InlineData("DELETE FROM evaluations")]
    [InlineData("DELETE FROM seed_batches")]
    [InlineData("DELETE FROM entries")]
    [InlineData("DELETE FROM tracks")]
    public async Task Attack_DeletingEvidence_IsRefusedByTheDatabase(string sql)
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, s_low);

        await Assert.ThrowsAnyAsync<Exception>(() => track.Store.Writer.WriteAsync(Durability.PowerCut, context => context.Database.ExecuteSqlRawAsync(sql, Cancellation), Cancellation));

        Assert.Equal(5, (await track.StandingAsync(entry)).Row.Seeds);
    }

    [Fact]
    public async Task Attack_CancellingABadSeed_LeavesTheEntryWithoutARank()
    {
        await using var track = await TrackStore.OpenAsync();
        var outcome = await track.SubmitAsync(1e-3);
        await track.TrainAsync([.. outcome.Runs.Take(4)], s_low);

        var cancelled = outcome.Runs[4];
        await track.Store.Commands.CancelAsync(cancelled, Cancellation);
        var standing = await track.StandingAsync(outcome.Id!);
        var more = await track.AskAsync(outcome.Id!, SeedPurpose.MoreSeeds);
        if ((await track.Store.RowAsync(cancelled)).Status != RunStatus.Cancelled)
        {
            track.Store.Launcher.Trainers.Last(trainer => trainer.Launch.Run == cancelled).Begin().End(AttemptOutcome.Stopped, 3);
            await track.Store.IngestAllAsync();
            standing = await track.StandingAsync(outcome.Id!);
            more = await track.AskAsync(outcome.Id!, SeedPurpose.MoreSeeds);
        }

        Assert.Equal((EntryState.Incomplete, null), (standing.Row.State, standing.Row.Rank));
        // More seeds may be asked for, but they do not replace it: the first batch stays incomplete.
        await track.TrainAsync(more.Runs, s_low);
        Assert.Equal(EntryState.Incomplete, (await track.StandingAsync(outcome.Id!)).Row.State);
    }

    [Fact]
    public async Task Attack_PausingASecondBatchForGood_LeavesTheEntryWithoutARank()
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, s_low);
        var more = await track.AskAsync(entry, SeedPurpose.MoreSeeds);
        await track.Store.Commands.PauseAsync(more.Runs[0], Cancellation);

        Assert.Equal(EntryState.Incomplete, (await track.StandingAsync(entry)).Row.State);
    }

    [Fact]
    public async Task Attack_QueueingADivergedSeedAgain_IsRefused()
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, 2.0, 2.0, double.NaN, 2.0, 2.0);
        var diverged = (await track.DetailAsync(entry)).Runs.Single(run => run.FinalUnder(RuleBook.Current).HasDiverged);

        var outcome = await track.Store.Commands.RequeueAsync(diverged.Id, Cancellation);

        Assert.Equal(CommandResult.Refused, outcome.Result);
        var row = (await track.StandingAsync(entry)).Row;
        Assert.Equal((EntryState.Diverged, 1, double.PositiveInfinity), (row.State, row.Diverged, row.Mean));
    }

    [Fact]
    public async Task Attack_LookingInsideABatch_GainsNothing()
    {
        await using var track = await TrackStore.OpenAsync();
        var outcome = await track.SubmitAsync(1e-3);
        await track.TrainAsync([.. outcome.Runs.Take(3)], 1.0, 1.0, 1.0);

        var standing = await track.StandingAsync(outcome.Id!);
        var more = await track.AskAsync(outcome.Id!, SeedPurpose.MoreSeeds);

        Assert.Equal(EntryState.Provisional, standing.Row.State);
        Assert.False(more.IsDone);
        Assert.Null(standing.Row.HeldOut);
    }

    [Fact]
    public async Task Attack_LuckiestValidation_DoesNotCount()
    {
        await using var track = await TrackStore.OpenAsync();
        var outcome = await track.SubmitAsync(1e-3);
        await track.Store.Queue.PassAsync(Cancellation);
        foreach (var run in outcome.Runs)
        {
            // One evaluation on the way was very low; the last one is what it is.
            track.Store.Launcher.Trainers.Last(trainer => trainer.Launch.Run == run).Begin().Losses(0, TrackStore.Steps)
                .Points(Ntl.Domain.Metrics.MetricKeys.ValidationLoss, 20, 1, _ => 0.6)
                .Evaluated(EvaluationSlice.HeldOut, TrackStore.Steps, 2.6).Evaluated(EvaluationSlice.Public, TrackStore.Steps, 2.5).End(AttemptOutcome.Finished, TrackStore.Steps);
        }

        await track.Store.IngestAllAsync();

        Assert.Equal(2.5, (await track.StandingAsync(outcome.Id!)).Row.Mean, 1e-12);
    }

    [Fact]
    public async Task Robustness_IsShownAndNotScored()
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, s_low);

        var robust = await track.AskAsync(entry, SeedPurpose.Robustness);
        await track.TrainAsync(robust.Runs, 1, 1, 1, 1, 1, 1);
        var more = await track.AskAsync(entry, SeedPurpose.MoreSeeds);
        await track.TrainAsync(more.Runs, s_low);

        var standing = await track.StandingAsync(entry);
        Assert.Equal((10, 2.02), (standing.Row.Seeds, Math.Round(standing.Row.Mean, 12)));
        Assert.Equal([0.9, 1.1, 0.9, 1.1, 0.9, 1.1], standing.Runs.Where(run => run.RateFactor is not null).Select(run => run.RateFactor!.Value));
        var scaled = (await track.Store.Specs.FindAsync(robust.Runs[0], Cancellation))!.Schedule;
        Assert.Equal(0.9e-3, scaled.Peak, 1e-18);
        Assert.Contains("rates × 0.9: −1.0200", BatchOutcomes.Of(await track.DetailAsync(entry), await track.BoardAsync())[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reproduction_IsSomebodyElses_AndItsOutcomeIsPublic()
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, s_low);

        var own = await track.AskAsync(entry, SeedPurpose.Reproduction, by: "ada");
        var other = await track.AskAsync(entry, SeedPurpose.Reproduction, by: "Bob");
        await track.TrainAsync(other.Runs, s_high);

        Assert.Equal("by", Assert.Single(own.Problems).Path);
        var outcome = BatchOutcomes.Of(await track.DetailAsync(entry), await track.BoardAsync())[1];
        Assert.Equal(("not reproduced", (bool?)false, "Bob"), (outcome.Word, outcome.IsGood, outcome.Batch.By));
        // It counts, as every run does.
        Assert.Equal(10, (await track.StandingAsync(entry)).Row.Seeds);
    }

    [Fact]
    public async Task Challenge_QueuesBothInTurns_AndIsJudgedByTheFreshSeedsAlone()
    {
        await using var track = await TrackStore.OpenAsync();
        var first = await track.EnterAsync(1e-3, s_low);
        var second = await track.EnterAsync(2e-3, s_high);

        var challenge = await track.AskAsync(first, SeedPurpose.Challenge, against: second);
        var entries = new List<string>();
        foreach (var run in challenge.Runs)
        {
            entries.Add((await track.Store.RowAsync(run)).EntryId!);
        }

        await track.TrainAsync([.. challenge.Runs.Where((_, i) => i % 2 == 0)], s_high);
        await track.TrainAsync([.. challenge.Runs.Where((_, i) => i % 2 == 1)], s_low);

        Assert.Equal([first, second, first, second], entries.Take(4));
        var outcome = BatchOutcomes.Of(await track.DetailAsync(first), await track.BoardAsync())[1];
        Assert.Equal(("overturned", (bool?)false), (outcome.Word, outcome.IsGood));
        Assert.Equal("overturned", BatchOutcomes.Of(await track.DetailAsync(second), await track.BoardAsync())[1].Word);
    }

    [Fact]
    public async Task Evidence_AfterAServersEnd_IsStillThere()
    {
        await using var track = await TrackStore.OpenAsync();
        var entry = await track.EnterAsync(1e-3, s_low);

        await using var restarted = await track.Store.RestartAsync();
        var board = (await new BoardReader(restarted.Reader, TimeProvider.System).ReadAsync(track.Track, null, Cancellation))!;

        Assert.Equal((EntryState.Ranked, 5), (board.Find(entry)!.Row.State, board.Find(entry)!.Row.Seeds));
    }
}
