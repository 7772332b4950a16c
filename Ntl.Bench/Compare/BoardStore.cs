using Ntl.Bench.Store;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Bench.Compare;

/// <summary>A track with thousands of finished runs: entries whose true losses lie close together, five seeds each.</summary>
internal static class BoardStore
{
    public const int Seeds = 5;
    public const string Track = "benchtrack";

    private const long Steps = 1_000;
    private const double Lowest = 2.0;
    private const double Range = 0.2; // of the entries' true losses, nats/token
    private const double Spread = 0.01; // of one seed, nats/token
    private const int EntriesAtOnce = 200;

    /// <summary>Writes the track into a new database.</summary>
    public static async Task BuildAsync(string dataDirectory, int entries, CancellationToken cancellationToken)
    {
        await using var store = await ProductStore.OpenAsync(dataDirectory, 1, cancellationToken);
        var track = TrackSpec.From(ProductStore.Spec("board", Steps), "board", RuleBook.Current.Version);
        await store.Writer.WriteAsync(
            Durability.ProcessCrash,
            context => Task.FromResult(context.Tracks.Add(new() { Id = Track, Name = track.Name, SpecJson = TrackSpecJson.Write(track), SpecHash = TrackSpecJson.Hash(track), By = "bench", Note = "" })),
            cancellationToken);
        var random = new Random(1);
        for (var first = 0; first < entries; first += EntriesAtOnce)
        {
            var (from, end) = (first, Math.Min(first + EntriesAtOnce, entries));
            await store.Writer.WriteAsync(Durability.ProcessCrash, context => Task.FromResult(Add(context, track, from, end, random)), cancellationToken);
        }
    }

    private static int Add(NtlDbContext context, TrackSpec track, int first, int end, Random random)
    {
        for (var i = first; i < end; i++)
        {
            var schedule = StandardSchedules.Cosine(Steps, 1e-3 * (1 + (i / 2_000.0)), 1e-5, 100);
            var entry = FormattableString.Invariant($"e{i:000000000}");
            context.Entries.Add(new() { Id = entry, TrackId = Track, ScheduleJson = schedule.CanonicalJson, ScheduleHash = schedule.Hash.Value, ScheduleName = schedule.Description, Name = FormattableString.Invariant($"Cosine {i}"), By = FormattableString.Invariant($"author {i % 20}"), Note = "", CreatedTicks = i });
            context.SeedBatches.Add(new() { EntryId = entry, Number = 1, Purpose = SeedPurpose.Submission, By = "bench", Reason = "", SeedCount = Seeds });
            var mean = Lowest + (Range * random.NextDouble());
            for (var seed = 0; seed < Seeds; seed++)
            {
                var run = track.RunOf("entry", schedule, (i * Seeds) + seed, new() { Track = Track, Entry = entry, Batch = 1 });
                context.Runs.Add(RowOf(run, FormattableString.Invariant($"r{i:0000000}{seed:00}"), mean + (Spread * Normal(random))));
            }
        }

        return end - first;
    }

    private static RunEntity RowOf(RunSpec run, string id, double loss) => new()
    {
        Id = id,
        Name = run.Name,
        Status = RunStatus.Finished,
        StatusReason = "generated",
        SpecJson = RunSpecJson.Write(run),
        SpecHash = RunSpecJson.Hash(run),
        ScheduleName = run.Schedule.Description,
        ScheduleHash = run.Schedule.Hash.Value,
        ModelName = ModelNames.Of(run.Model),
        DatasetName = run.Dataset.Name,
        OptimizerName = run.Optimizer.Kind.ToString(),
        Device = run.Device,
        Seed = run.Seed,
        TotalSteps = run.TotalSteps,
        TokensPerStep = run.TokensPerStep,
        StepsDone = run.TotalSteps,
        TrackId = run.Entry!.Track,
        EntryId = run.Entry.Entry,
        SeedBatch = run.Entry.Batch,
        FinalLoss = loss,
        HeldOutLoss = loss + 0.01,
        CreatedTicks = run.Seed,
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
