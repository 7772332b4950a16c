using Microsoft.Extensions.Logging.Abstractions;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Experiments;
using Ntl.Web.Live;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Tests.Support;

/// <summary>A real database file with the server's own parts around it, in a directory of its own; the launcher is the test's.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly bool _ownsDirectory;

    private TestStore(TemporaryDirectory directory, bool ownsDirectory, FakeLauncher? fake, NtlOptions options, IRunLauncher? real = null)
    {
        _directory = directory;
        TimeProvider clock = real is null ? Time : TimeProvider.System;
        _ownsDirectory = ownsDirectory;
        Options = options;
        Directory = new DataDirectory(directory.Root);
        Connections = new DatabaseConnections(Directory);
        Reader = new DatabaseReader(Connections);
        Writer = new DatabaseWriter(Connections);
        Statuses = new RunStatusStore(Writer, clock);
        Queries = new RunQueries(Reader, Directory, clock);
        Specs = new RunSpecs(Reader);
        Series = new SeriesQueries(Reader, Specs);
        Feed = new LiveRunFeed(new LiveCatchUp(Reader, Specs), TimeProvider.System);
        var notifier = new RunNotifier(Reader, Feed);
        var signal = new QueueSignal();
        Launcher = fake ?? new FakeLauncher();
        var launcher = real ?? Launcher;
        Monitor = new AttemptMonitor(Reader, launcher, Directory, options, clock, NullLogger<AttemptMonitor>.Instance);
        Ingest = new JournalIngest(
            Reader, Writer, new AttemptStore(Statuses, NullLogger<AttemptStore>.Instance), Monitor, Feed, notifier, signal, Directory, NullLogger<JournalIngest>.Instance);
        Checkpoints = new TrunkCheckpoints(Specs, Directory);
        var branches = new BranchKeeper(Reader, Writer, Statuses, Specs, Checkpoints, notifier, clock, NullLogger<BranchKeeper>.Instance);
        Queue = new QueueKeeper(Reader, Writer, Statuses, launcher, Monitor, branches, notifier, Directory, options, clock, NullLogger<QueueKeeper>.Instance);
        Commands = new RunCommands(
            Writer, Statuses, new NewRunValidator(new BuiltInOnly(), options), new BranchValidator(Reader, Specs, Checkpoints), notifier, signal, clock);
        Experiments = new ExperimentCatalog(Reader, Specs, Commands);
    }

    public ManualTime Time { get; } = new();

    public NtlOptions Options { get; }

    public DataDirectory Directory { get; }

    public DatabaseConnections Connections { get; }

    public DatabaseReader Reader { get; }

    public DatabaseWriter Writer { get; }

    public RunStatusStore Statuses { get; }

    public RunQueries Queries { get; }

    public RunSpecs Specs { get; }

    public SeriesQueries Series { get; }

    public LiveRunFeed Feed { get; }

    public FakeLauncher Launcher { get; }

    public AttemptMonitor Monitor { get; }

    public JournalIngest Ingest { get; }

    public TrunkCheckpoints Checkpoints { get; }

    public QueueKeeper Queue { get; }

    public RunCommands Commands { get; }

    public IExperiments Experiments { get; }

    /// <summary>A new store.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="real">A launcher of real processes, which need a real clock; null for the fake one and a clock that the test moves.</param>
    public static async Task<TestStore> OpenAsync(NtlOptions? options = null, IRunLauncher? real = null)
    {
        var store = new TestStore(new TemporaryDirectory(), ownsDirectory: true, fake: null, options ?? new NtlOptions(), real);
        await store.InitializeAsync();
        return store;
    }

    /// <summary>The same data as a server that starts anew would find it: nothing of memory is kept.</summary>
    public async Task<TestStore> RestartAsync()
    {
        await Writer.DisposeAsync();
        var store = new TestStore(_directory, ownsDirectory: false, Launcher, Options);
        await store.InitializeAsync();
        return store;
    }

    public async Task<RunId> CreateAsync(RunSpec? spec = null)
    {
        var outcome = await Commands.CreateAsync(spec ?? TestSpecs.Tiny(), null, CancellationToken.None);
        Assert.Empty(outcome.Problems);
        return outcome.Id!.Value;
    }

    /// <summary>Queues a run and launches it; gives the trainer's side of it.</summary>
    public async Task<FakeTrainer> LaunchAsync(RunSpec? spec = null)
    {
        var run = await CreateAsync(spec);
        await Queue.PassAsync(CancellationToken.None);
        return Launcher.Trainers.Last(trainer => trainer.Launch.Run == run);
    }

    public async Task IngestAllAsync()
    {
        while (await Ingest.PassAsync(CancellationToken.None))
        {
            // More is there at once.
        }
    }

    public async Task<RunRow> RowAsync(RunId run) => (await Queries.FindAsync(run, CancellationToken.None))!.Run;

    public RunDirectory DirectoryOf(RunId run) => new(Directory.Run(run));

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Launcher.Dispose();
        if (_ownsDirectory)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            _directory.Dispose();
        }
    }

    private Task InitializeAsync() =>
        new DatabaseInitializer(Directory, Connections, Time, NullLogger<DatabaseInitializer>.Instance).InitializeAsync(CancellationToken.None);
}
