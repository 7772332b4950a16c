using Microsoft.Data.Sqlite;

namespace Ntl.Web.Persistence;

/// <summary>Several reads of one committed state.</summary>
public sealed class DatabaseSnapshot(NtlDbContext context, SqliteTransaction transaction) : IAsyncDisposable
{
    public NtlDbContext Context => context;

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await context.DisposeAsync();
    }
}
