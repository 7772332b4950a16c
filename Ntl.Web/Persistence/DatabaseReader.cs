using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ntl.Web.Persistence;

/// <summary>Opens short-lived read-only views of the database. A view sees one committed state per query and never waits for the writer.</summary>
public sealed class DatabaseReader(DatabaseConnections connections)
{
    private readonly DbContextOptions<NtlDbContext> _options = new DbContextOptionsBuilder<NtlDbContext>()
        .UseSqlite(connections.Reading)
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .Options;

    public NtlDbContext Open() => new(_options);

    /// <summary>Opens a view in which all queries see the same committed state.</summary>
    public async Task<DatabaseSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        var context = Open();
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            // Deferred: a read transaction, which takes no lock that the writer would wait for.
            var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
            await context.Database.UseTransactionAsync(transaction, cancellationToken);
            return new DatabaseSnapshot(context, transaction);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }
}
