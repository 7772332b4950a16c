using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Ntl.Web.Api;
using Ntl.Web.Comparison;
using Ntl.Web.Components.Lab;
using Ntl.Web.Datasets;
using Ntl.Web.Experiments;
using Ntl.Web.Laws;
using Ntl.Web.Leaderboard;
using Ntl.Web.Live;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;
using Ntl.Web.Schedules;
using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Configuration;

/// <summary>Everything of the server but its pages: store, queue, ingest, live feed, hub and API.</summary>
public static class NtlServerBuilder
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    // A page's state is its URL, and a composed schedule of some hundred phases takes tens of thousands of letters.
    private const int LongestAddress = 64 * 1024;

    public static WebApplicationBuilder AddNtlServer(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && string.IsNullOrEmpty(builder.Configuration["HTTP_PORTS"]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = LongestAddress;
        });
        // One line a request is noise in a lab's log; warnings and our own lines stay.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // The keys lie beside the database, which is as secret as they are: no need to warn that they are not encrypted apart.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        var services = builder.Services;
        services.Configure<NtlOptions>(builder.Configuration.GetSection(NtlOptions.Section));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<NtlOptions>>().Value);
        services.AddSingleton(provider => new DataDirectory(provider.GetRequiredService<NtlOptions>().DataDirectory));
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, ILoggerFactory>(
            (keys, directory, loggers) => keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(directory.Keys), loggers));
        AddStore(services);
        AddQueue(services);
        AddLive(services);
        AddLaws(services);
        AddLeaderboard(services);
        services.AddNtlApi();
        return builder;
    }

    private static void AddStore(IServiceCollection services)
    {
        services.AddSingleton<DatabaseConnections>();
        services.AddSingleton<DatabaseReader>();
        services.AddSingleton<DatabaseWriter>();
        services.AddSingleton<DatabaseInitializer>();
        services.AddSingleton<DatabaseBackup>();
        services.AddSingleton<DatabaseRestore>();
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<StoreWatch>();
        services.AddSingleton<OrphanedRuns>();
        services.AddSingleton<RunSpecs>();
        services.AddSingleton<RunStatusStore>();
        services.AddSingleton<DatasetRoots>();
        services.AddSingleton<DatasetCatalog>();
        services.AddSingleton<IDatasetCatalog>(provider => provider.GetRequiredService<DatasetCatalog>());
        services.AddSingleton<IRunQueries, RunQueries>();
        services.AddSingleton<IScheduleLibrary, ScheduleLibrary>();
        services.AddSingleton<ServerStartup>();
        services.AddHostedService(provider => provider.GetRequiredService<ServerStartup>());
        services.AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
    }

    private static void AddQueue(IServiceCollection services)
    {
        services.AddSingleton<QueueSignal>();
        services.AddSingleton<TrainerCommand>();
        services.AddSingleton<IRunLauncher, LocalRunLauncher>();
        services.AddSingleton<AttemptMonitor>();
        services.AddSingleton<AttemptStore>();
        services.AddSingleton<JournalIngest>();
        services.AddSingleton<QueueKeeper>();
        services.AddSingleton<BranchKeeper>();
        services.AddSingleton<NewRunValidator>();
        services.AddSingleton<TrunkCheckpoints>();
        services.AddSingleton<ITrunkCheckpoints>(provider => provider.GetRequiredService<TrunkCheckpoints>());
        services.AddSingleton<BranchValidator>();
        services.AddSingleton<IRunCommands, RunCommands>();
        services.AddSingleton<IExperiments, ExperimentCatalog>();
        services.AddHostedService<IngestService>();
        services.AddHostedService<QueueService>();
    }

    private static void AddLive(IServiceCollection services)
    {
        services.AddSingleton<LiveCatchUp>();
        services.AddSingleton<LiveRunFeed>();
        services.AddSingleton<ILiveRunFeed>(provider => provider.GetRequiredService<LiveRunFeed>());
        services.AddSingleton<RunNotifier>();
        services.AddSingleton<ISeriesQueries, SeriesQueries>();
        services.AddSingleton<IComparisons, ComparisonQueries>();
        services.AddSingleton<IRunRecords, RunRecords>();
        services.AddSingleton<RunAnalyses>();
        services.AddHostedService<AlertWatch>();
    }

    private static void AddLeaderboard(IServiceCollection services)
    {
        services.AddSingleton<ITracks, Tracks>();
        services.AddSingleton<ISubmissions, Submissions>();
        services.AddSingleton<BoardReader>();
        services.AddSingleton<EvidenceBundle>();
        services.AddSingleton<TrackBoards>();
        services.AddSingleton<ITrackBoards>(provider => provider.GetRequiredService<TrackBoards>());
        services.AddHostedService(provider => provider.GetRequiredService<TrackBoards>());
    }

    private static void AddLaws(IServiceCollection services)
    {
        services.TryAddSingleton<LabGate>();
        services.AddSingleton<ExperimentReports>();
        services.AddSingleton<IImportedCurves, ImportedCurves>();
        services.AddSingleton<ICurveSources, CurveSources>();
        services.AddSingleton<IRunFamilies, RunFamilies>();
        services.AddSingleton<ILawBench, LawBench>();
        services.AddSingleton<ILawFits, LawFits>();
        services.AddSingleton<ILossForecasts, LossForecasts>();
        services.AddSingleton<ISuggestions, Suggestions>();
        services.AddSingleton<ISweeps, Sweeps>();
        services.AddHostedService<SweepWatch>();
    }
}
