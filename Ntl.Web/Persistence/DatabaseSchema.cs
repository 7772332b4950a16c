using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ntl.Web.Persistence;

/// <summary>Tells whose database a file is, and of which version.</summary>
internal static class DatabaseSchema
{
    /// <summary>The migrations that the file has; none for a new file.</summary>
    /// <exception cref="StoreException">It is of a newer Ntl, or of another program.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var context = DatabaseConnections.Context(connection);
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        List<string> applied = [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        if (applied.Find(name => !known.Contains(name)) is { } unknown)
        {
            throw new StoreException(
                StoreFault.Newer,
                $"The database was made by a newer Ntl (it has '{unknown}'). Start that version, or another data directory.");
        }

        return applied.Count > 0 || await FirstTableAsync(connection, cancellationToken) is not { } table
            ? applied
            : throw new StoreException(
                StoreFault.Foreign,
                $"The file is an SQLite database of another program: it has a table '{table}' and no version of Ntl.");
    }

    private static async Task<string?> FirstTableAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var query = connection.CreateCommand();
        query.CommandText = """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE '\_\_EF%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' LIMIT 1
            """;
        return await query.ExecuteScalarAsync(cancellationToken) as string;
    }
}
