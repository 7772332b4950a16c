using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Ntl.Web.Configuration;

namespace Ntl.Web.Persistence;

/// <summary>Brings the database file to this version's schema before anything uses it. The caller holds the data directory's lock.</summary>
public sealed partial class DatabaseInitializer(DataDirectory directory, DatabaseConnections connections, TimeProvider time, ILogger<DatabaseInitializer> logger)
{
    private const int KeptBackups = 5;

    /// <summary>Makes the file, or backs it up and migrates it, or finds it current; checks it whole.</summary>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <param name="isNewLab">Whether a new database may begin beside runs that it will not know.</param>
    /// <exception cref="StoreException">The file cannot be used, is damaged, is of a newer Ntl, or is missing while there are runs.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken, bool isNewLab = false)
    {
        try
        {
            RefuseToForgetRuns(isNewLab || new FileInfo(directory.DatabaseFile) is { Exists: true, Length: > 0 });
            await MigrateAsync(isNewLab, cancellationToken);
        }
        catch (Exception exception) when (exception is not StoreException && StoreException.From(exception) is not null)
        {
            throw StoreException.From(exception)!;
        }
    }

    private async Task MigrateAsync(bool isNewLab, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connections.Writing);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;", cancellationToken);
        DatabaseCheck.Quick(connection);
        var applied = await DatabaseSchema.ReadAsync(connection, cancellationToken);
        RefuseToForgetRuns(isNewLab || applied.Count > 0);
        await using var context = DatabaseConnections.Context(connection);
        var known = context.Database.GetMigrations().Count();
        if (applied.Count == known)
        {
            return;
        }

        if (applied.Count > 0)
        {
            BackUp(connection, applied[^1]);
        }

        await ClearStaleMigrationLockAsync(connection, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        LogMigrated(known - applied.Count);
    }

    // An empty database beside runs is a lost one, not a new lab: begun anew, it would hide that everything else is gone.
    private void RefuseToForgetRuns(bool isKnown)
    {
        if (!isKnown && Directory.Exists(directory.Runs) && Directory.EnumerateDirectories(directory.Runs).Count() is > 0 and var count)
        {
            throw new StoreException(
                StoreFault.Missing,
                $"The database '{directory.DatabaseFile}' is missing or empty, but '{directory.Runs}' holds {count} run{(count == 1 ? "" : "s")}. Restore a back-up: './run.sh restore --from FILE' (docs/runbook.md). To begin a new lab that does not know these runs, start once with --new-lab.");
        }
    }

    // A process that was killed while it migrated leaves its row behind, and every later migration would wait for it for ever.
    // We hold the data directory, so no other process can be migrating: any row is stale.
    private async Task ClearStaleMigrationLockAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'";
        var exists = await query.ExecuteScalarAsync(cancellationToken) is long and > 0;
        if (exists && await ExecuteAsync(connection, "DELETE FROM \"__EFMigrationsLock\"", cancellationToken) > 0)
        {
            LogStaleLock();
        }
    }

    private void BackUp(SqliteConnection source, string version)
    {
        Directory.CreateDirectory(directory.Backups);
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = Path.Combine(directory.Backups, $"ntl-{stamp}-{version}.db");
        DatabaseFile.Copy(source, path);
        LogBackedUp(path);
        foreach (var old in Directory.EnumerateFiles(directory.Backups, "ntl-*.db").OrderDescending(StringComparer.Ordinal).Skip(KeptBackups))
        {
            File.Delete(old);
        }
    }

    private static async Task<int> ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Count} schema migration(s)")]
    private partial void LogMigrated(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cleared the migration lock that a killed process left behind")]
    private partial void LogStaleLock();

    [LoggerMessage(Level = LogLevel.Information, Message = "Backed the database up to {Path} before migrating it")]
    private partial void LogBackedUp(string path);
}
