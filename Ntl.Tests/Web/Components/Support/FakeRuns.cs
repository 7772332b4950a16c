using System.Runtime.CompilerServices;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Live;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>Runs in memory behind the ports that pages use. The feed stays silent.</summary>
internal sealed class FakeRuns : IRunQueries, IRunCommands, ISeriesQueries, ILiveRunFeed
{
    public static RunSpec Spec { get; } = new()
    {
        Name = "first",
        Model = ModelPreset.All[0].Model,
        Dataset = new() { Name = "sotu", Path = "builtin:sotu", Format = DatasetFormat.Text, Hash = new('a', 64) },
        Schedule = StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.Linear, 200, 0, 100),
        BatchSize = 16,
    };

    public List<RunRow> Rows { get; } = [];

    public List<string> Commands { get; } = [];

    public RunListRequest? LastRequest { get; private set; }

    public TimeSpan? LeaseAge { get; set; }

    /// <summary>What every run shown was told to measure.</summary>
    public ProbeSpec? Probes { get; set; }

    public static RunRow Row(string id, string name, RunStatus status) => new()
    {
        Id = new(id),
        Name = name,
        Status = status,
        StatusReason = "Because.",
        ScheduleName = Spec.Schedule.Description,
        ScheduleHash = Spec.Schedule.Hash.ToString(),
        ModelName = "nano",
        DatasetName = "sotu",
        OptimizerName = "AdamW",
        Seed = 1,
        TotalSteps = 1000,
        TokensPerStep = 1024,
        StepsDone = 250,
        TrainLoss = 2.5,
        ValidationLoss = 2.75,
        TokensPerSecond = 51_200,
        CreatedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public Task<RunPage> ListAsync(RunListRequest request, CancellationToken cancellationToken)
    {
        LastRequest = request;
        return Task.FromResult(new RunPage([.. Rows.Skip(request.Skip).Take(request.Take)], Rows.Count));
    }

    public Task<QueueView> GetQueueAsync(int lastResults, CancellationToken cancellationToken) => Task.FromResult(new QueueView(
        [.. Rows.Where(row => row.Status.HoldsDevice())],
        [.. Rows.Where(row => row.Status == RunStatus.Queued)],
        [.. Rows.Where(row => row.Status.IsFinal()).Take(lastResults)]));

    public Task<RunDetail?> FindAsync(RunId id, CancellationToken cancellationToken) => Task.FromResult(Rows.Find(row => row.Id == id) is { } row
        ? new RunDetail
        {
            Run = row,
            Spec = Spec with { Probes = Probes },
            SpecJson = """{"name":"first"}""",
            Attempts = [new(1, 0, row.CreatedAt, null, null, LeaseAge)],
            Events = [],
            StatusChanges = [new(null, row.Status, "Because.", row.CreatedAt)],
            MetricKeys = [],
            Actions = row.Status == RunStatus.Running ? [RunAction.Pause, RunAction.Cancel] : [],
        }
        : null);

    public Task<LogPart?> ReadLogAsync(RunId id, int? attempt, long? fromByte, int maxBytes, CancellationToken cancellationToken) =>
        Task.FromResult<LogPart?>(null);

    public Task<CreateOutcome> CreateAsync(RunSpec spec, string? idempotencyKey, CancellationToken cancellationToken) =>
        Task.FromResult(new CreateOutcome(new RunId("0000000000"), []));

    public Task<IReadOnlyList<SpecProblem>> CreateManyAsync(
        IReadOnlyList<NewRun> runs, Func<NtlDbContext, Task<IReadOnlyList<SpecProblem>>>? alongside, CancellationToken cancellationToken)
    {
        Commands.Add($"create {runs.Count}");
        return Task.FromResult<IReadOnlyList<SpecProblem>>([]);
    }

    public Task<CommandOutcome> PauseAsync(RunId id, CancellationToken cancellationToken) => TakeAsync($"pause {id}");

    public Task<CommandOutcome> ResumeAsync(RunId id, CancellationToken cancellationToken) => TakeAsync($"resume {id}");

    public Task<CommandOutcome> CancelAsync(RunId id, CancellationToken cancellationToken) => TakeAsync($"cancel {id}");

    public Task<CommandOutcome> StopByRuleAsync(RunId id, string reason, CancellationToken cancellationToken) => TakeAsync($"stop {id}");

    public Task<CommandOutcome> RequeueAsync(RunId id, CancellationToken cancellationToken) => TakeAsync($"requeue {id}");

    public Task<CommandOutcome> MoveAsync(RunId id, int position, CancellationToken cancellationToken) => TakeAsync($"move {id} {position}");

    public Task<SeriesWindow?> QueryAsync(SeriesRequest request, CancellationToken cancellationToken) => Task.FromResult<SeriesWindow?>(new(
        [.. request.Keys.Select(key => new ChartSeries { Key = key, Steps = [0, 1], X = [0, 1], Y = [5.5, 5.25], TotalPoints = 2 })],
        SeriesCursor.Start));

    public async IAsyncEnumerable<StoredPoints> ReadAllAsync(RunId run, IReadOnlyList<string> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public async IAsyncEnumerable<RunUpdate> WatchAsync(
        RunId run, IReadOnlyCollection<string> keys, SeriesAxis axis, SeriesCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public async IAsyncEnumerable<IReadOnlyList<RunRow>> WatchRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    private Task<CommandOutcome> TakeAsync(string command)
    {
        Commands.Add(command);
        return Task.FromResult(new CommandOutcome(CommandResult.Accepted, "Done."));
    }
}
