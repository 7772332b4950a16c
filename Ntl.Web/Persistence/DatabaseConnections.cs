using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Ntl.Web.Configuration;

namespace Ntl.Web.Persistence;

/// <summary>How to reach the database file.</summary>
public sealed class DatabaseConnections(DataDirectory directory)
{
    // Another program (a backup, a curious person's shell) may hold the file this long before a write counts as refused.
    private const int BusyTimeoutSeconds = 5;

    /// <summary>For the one writer.</summary>
    public string Writing { get; } = Build(directory, SqliteOpenMode.ReadWriteCreate, pooling: false);

    /// <summary>For all readers: SQLite itself refuses a write.</summary>
    public string Reading { get; } = Build(directory, SqliteOpenMode.ReadOnly, pooling: true);

    public static NtlDbContext Context(SqliteConnection connection) =>
        new(new DbContextOptionsBuilder<NtlDbContext>().UseSqlite(connection).Options);

    private static string Build(DataDirectory directory, SqliteOpenMode mode, bool pooling) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = directory.DatabaseFile,
            Mode = mode,
            Pooling = pooling,
            ForeignKeys = true,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString();
}
