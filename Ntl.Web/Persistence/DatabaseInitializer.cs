using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Ntl.Web.Configuration;

namespace Ntl.Web.Persistence;

/// <summary>Brings the database file to this version's schema before anything uses it. The caller holds the data directory's lock.</summary>
public sealed partial class DatabaseInitializer(DataDirectory directory, DatabaseConnections connections, TimeProvider time, ILogger<DatabaseInitializer> logger)
{
    private const int KeptBackups = 5;

    /// <summary>Makes the file, or backs it up and migrates it, or finds it current.</summary>
    /// <exception cref="StoreException">The file cannot be used, or is of a newer Ntl.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MigrateAsync(cancellationToken);
        }
        catch (SqliteException exception) when (StoreException.From(exception) is not null)
        {
            throw StoreException.From(exception)!;
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connections.Writing);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;", cancellationToken);
        await using var context = DatabaseConnections.Context(connection);

        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Find(name => !known.Contains(name)) is { } unknown)
        {
            throw new StoreException(StoreFault.Newer, $"The database was made by a newer Ntl (it has '{unknown}'). Start that version, or another data directory.");
        }

        if (applied.Count == known.Count)
        {
            return;
        }

        if (applied.Count > 0)
        {
            BackUp(connection, applied[^1]);
        }

        await ClearStaleMigrationLockAsync(connection, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        LogMigrated(known.Count - applied.Count);
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
        using (var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            target.Open();
            source.BackupDatabase(target);
        }

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
