using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Web.Configuration;
using Ntl.Web.Laws;
using Ntl.Web.Leaderboard;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Leaderboard;

/// <summary>A store with a track in it, whose runs are trained by the test: each ends with the loss that it is given.</summary>
internal sealed class TrackStore : IAsyncDisposable
{
    public const int Steps = 40;

    private TrackStore(TestStore store)
    {
        Store = store;
        Tracks = new(store.Reader, store.Writer, new NewRunValidator(new BuiltInOnly(), store.Options), TimeProvider.System);
        var fits = new LawFits(store.Reader, store.Writer, TimeProvider.System);
        Submissions = new(store.Reader, Tracks, store.Commands, fits, new LossForecasts(fits), TimeProvider.System);
        Boards = new(store.Reader, TimeProvider.System);
    }

    public TestStore Store { get; }

    public Tracks Tracks { get; }

    public Submissions Submissions { get; }

    public BoardReader Boards { get; }

    public string Track { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TrackStore> OpenAsync(double? target = null)
    {
        var track = new TrackStore(await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 1_000 }));
        var opened = await track.Tracks.OpenAsync(new(TrackSpec.From(TestSpecs.Tiny(Steps), "tiny", "1") with { TargetLoss = target }, "Ada", ""), Cancellation);
        Assert.Empty(opened.Problems);
        track.Track = opened.Id!;
        return track;
    }

    public Task<TrackOutcome> SubmitAsync(double rate, string by = "Ada") =>
        Submissions.SubmitAsync(Track, new(StandardSchedules.Constant(Steps, rate), "", by, ""), Cancellation);

    public Task<TrackOutcome> AskAsync(string entry, SeedPurpose purpose, string by = "Bob", string? against = null) =>
        Submissions.QueueSeedsAsync(entry, new(purpose, by, "to see", against), Cancellation);

    /// <summary>Submits a schedule and trains its first batch to these losses.</summary>
    public async Task<string> EnterAsync(double rate, params double[] losses)
    {
        var outcome = await SubmitAsync(rate);
        Assert.Empty(outcome.Problems);
        await TrainAsync(outcome.Runs, losses);
        return outcome.Id!;
    }

    /// <summary>Trains runs to their end with these losses; NaN diverges.</summary>
    public async Task TrainAsync(IReadOnlyList<RunId> runs, params double[] losses)
    {
        await Store.Queue.PassAsync(Cancellation);
        foreach (var (i, run) in runs.Index())
        {
            var trainer = Store.Launcher.Trainers.Last(trainer => trainer.Launch.Run == run).Begin().Losses(0, Steps).Points(MetricKeys.ValidationLoss, Steps, 1, _ => losses[i]);
            _ = double.IsNaN(losses[i])
                ? trainer.End(AttemptOutcome.Failed, 7, new RunFailure(RunFailureKind.NonFiniteLoss, 7, "The loss is no number."))
                : trainer.Evaluated(EvaluationSlice.HeldOut, Steps, losses[i] + 0.1).Evaluated(EvaluationSlice.Public, Steps, losses[i]).End(AttemptOutcome.Finished, Steps);
        }

        await Store.IngestAllAsync();
    }

    public async Task<TrackBoard> BoardAsync() => (await Boards.ReadAsync(Track, null, Cancellation))!;

    public async Task<EntryStanding> StandingAsync(string entry) => (await BoardAsync()).Find(entry)!;

    public async Task<EntryDetail> DetailAsync(string entry) => (await Tracks.FindEntryAsync(entry, Cancellation))!;

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
