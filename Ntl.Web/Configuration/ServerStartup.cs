using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Ntl.Training.Data;
using Ntl.Web.Datasets;
using Ntl.Web.Persistence;

namespace Ntl.Web.Configuration;

/// <summary>Takes the data directory and readies the database before any other service starts; lets both go after all have stopped.</summary>
public sealed partial class ServerStartup(
    DataDirectory directory,
    NtlOptions options,
    DatabaseRestore restore,
    DatabaseInitializer initializer,
    OrphanedRuns orphans,
    IServiceProvider services,
    ILogger<ServerStartup> logger)
    : IHostedLifecycleService, IDisposable
{
    private DataDirectoryLock? _lock;
    private string _corpus = "";

    /// <summary>Done once: the program calls it before the host does, so that a refusal is told in a sentence and not as the host's failure.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_lock is not null)
        {
            return;
        }

        _lock = DataDirectoryLock.Take(directory);
        if (PrivateFiles.Tighten(directory) is { } open)
        {
            LogOpen(open);
        }

        if (restore.Finish())
        {
            LogRestoreFinished();
        }

        await initializer.InitializeAsync(cancellationToken, options.NewLab);
        await orphans.TellAsync(cancellationToken);
        if (services.GetRequiredService<DatasetCatalog>().RemoveBrokenUploads() is > 0 and var freed)
        {
            LogBrokenUploads(freed);
        }

        try
        {
            await services.GetRequiredService<DatasetCatalog>().AddBuiltInAsync(cancellationToken);
            _corpus = $" and the built-in corpus {BuiltInCorpus.StateOfTheUnion.Name}";
        }
        catch (DatasetException exception)
        {
            // The rest works without it; the page then lists no built-in corpus.
            LogNoCorpus(exception.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // The web server listens by now, so that the line names the port that it really has.
        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var served = string.Join(' ', addresses);
        LogReady(served, directory.DatabaseFile, _corpus);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "Ntl serves {Addresses} with the database {Database}{Corpus}. Ctrl+C ends it; runs go on.")]
    private partial void LogReady(string addresses, string database, string corpus);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A restore that was interrupted has been finished")]
    private partial void LogRestoreFinished();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The data directory is not private: {Reason}")]
    private partial void LogOpen(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Bytes} bytes of uploads that were broken off")]
    private partial void LogBrokenUploads(long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The built-in corpus cannot be used: {Reason}")]
    private partial void LogNoCorpus(string reason);
}
