using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Training.Data;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Bench.Store;

/// <summary>The server's own store, queue and ingest on a data directory, without its web side; generated load in place of trainers.</summary>
internal sealed class ProductStore : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DataDirectory _directory;
    private readonly LoadLauncher _launcher = new();

    private ProductStore(string dataDirectory, int runsAtOnce)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["Ntl:DataDirectory"] = dataDirectory;
        builder.Configuration["Ntl:RunsPerDevice"] = FormattableString.Invariant($"{runsAtOnce}");
        builder.AddNtlServer();
        builder.Services.AddSingleton<IRunLauncher>(_launcher);
        _app = builder.Build();
        _directory = _app.Services.GetRequiredService<DataDirectory>();
    }

    public JournalIngest Ingest => _app.Services.GetRequiredService<JournalIngest>();

    public DatabaseReader Reader => _app.Services.GetRequiredService<DatabaseReader>();

    public DatabaseWriter Writer => _app.Services.GetRequiredService<DatabaseWriter>();

    /// <summary>Takes the directory and readies its database, as the server does at its start.</summary>
    public static async Task<ProductStore> OpenAsync(string dataDirectory, int runsAtOnce, CancellationToken cancellationToken)
    {
        var store = new ProductStore(dataDirectory, runsAtOnce);
        await store._app.Services.GetRequiredService<ServerStartup>().StartingAsync(cancellationToken);
        return store;
    }

    /// <summary>A spec of a run on the built-in corpus.</summary>
    public static RunSpec Spec(string name, long steps, long seed = 0) => new()
    {
        Name = name,
        Model = ModelPreset.Find("micro")!.Model,
        Dataset = BuiltInCorpus.StateOfTheUnion,
        Schedule = StandardSchedules.Cosine(steps, 1e-3, 1e-4, Math.Min(100, steps / 10)),
        BatchSize = 16,
        Precision = Processor.FastestPrecision,
        Seed = seed,
    };

    /// <summary>Queues runs and lets the queue start them; their load is the caller's to write and to dispose.</summary>
    public async Task<IReadOnlyList<LoadRun>> StartRunsAsync(IReadOnlyList<RunSpec> specs, int furtherCount, CancellationToken cancellationToken)
    {
        var commands = _app.Services.GetRequiredService<IRunCommands>();
        foreach (var spec in specs)
        {
            var outcome = await commands.CreateAsync(spec, null, cancellationToken);
            if (outcome.Id is null)
            {
                throw new BenchException($"The server refused the run: {string.Join(' ', outcome.Problems.Select(problem => $"{problem.Path}: {problem.Message}"))}");
            }
        }

        await _app.Services.GetRequiredService<QueueKeeper>().PassAsync(cancellationToken);
        var launches = _launcher.Take();
        return launches.Count == specs.Count
            ? [.. launches.Select((launch, i) => new LoadRun(launch, new GeneratedSeries(i, specs[i].Schedule, furtherCount)))]
            : throw new BenchException(FormattableString.Invariant($"The queue started {launches.Count} of {specs.Count} runs."));
    }

    /// <summary>Reads all that the journals hold now.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await Ingest.PassAsync(cancellationToken))
        {
            // There may be more at once.
        }
    }

    /// <summary>Starts the server's own ingest loop.</summary>
    /// <returns>Stops it when disposed of.</returns>
    public async Task<IAsyncDisposable> StartIngestAsync(CancellationToken cancellationToken)
    {
        var service = ActivatorUtilities.CreateInstance<IngestService>(_app.Services);
        await service.StartAsync(cancellationToken);
        return new RunningService(service);
    }

    /// <summary>Size of the database file with everything in it and nothing in its log.</summary>
    public long FileBytes()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _directory.DatabaseFile, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using (var reader = command.ExecuteReader())
        {
            if (!reader.Read() || reader.GetInt64(0) != 0)
            {
                throw new BenchException("The database's log could not be folded into its file: something still reads it.");
            }
        }

        return new FileInfo(_directory.DatabaseFile).Length;
    }

    /// <summary>Points stored, counted from the chunks themselves.</summary>
    public long CountPoints()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _directory.DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(SUM(\"PointCount\"), 0) FROM metric_chunks";
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private sealed class RunningService(IHostedService service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await service.StopAsync(CancellationToken.None);
            (service as IDisposable)?.Dispose();
        }
    }
}
