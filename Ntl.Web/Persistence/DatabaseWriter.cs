using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Ntl.Web.Persistence;

/// <summary>The process's one writer: every change of the database is a unit of work on its queue, run alone in one transaction.</summary>
/// <remarks>One writer is what keeps SQLite from ever answering "database is locked" to our own threads.</remarks>
public sealed class DatabaseWriter : IAsyncDisposable
{
    /// <summary>The meter of <c>ntl.store.transaction.duration</c>, for dotnet-counters and benchmarks.</summary>
    public const string MeterName = "Ntl.Store";

    private const int QueueLength = 1024;

    private static readonly Meter s_meter = new(MeterName);
    private static readonly Histogram<double> s_transactionSeconds =
        s_meter.CreateHistogram<double>("ntl.store.transaction.duration", "s", "From BEGIN to the return of COMMIT.");

    private readonly DatabaseConnections _connections;
    private readonly Channel<IWrite> _queue = Channel.CreateBounded<IWrite>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly Task _loop;

    public DatabaseWriter(DatabaseConnections connections)
    {
        _connections = connections;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The fault that the last write met; null when it went through.</summary>
    public StoreException? Fault { get; private set; }

    /// <summary>Runs the work in one transaction, begun at once as a write (BEGIN IMMEDIATE), and commits it.</summary>
    /// <param name="durability">What the commit must survive.</param>
    /// <param name="work">The changes; saved and committed when it returns, undone when it throws.</param>
    /// <param name="cancellationToken">Takes the work off the queue; once begun it is not stopped half-way.</param>
    /// <returns>What the work returned, after the commit.</returns>
    /// <exception cref="StoreException">The database could not take it.</exception>
    public async Task<T> WriteAsync<T>(Durability durability, Func<NtlDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Write<T>(durability, work, completion, cancellationToken), cancellationToken).ConfigureAwait(false);
        return await completion.Task.ConfigureAwait(false);
    }

    /// <summary>Finishes the queued work, then closes the file.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The loop runs on no one's context.")]
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        SqliteConnection? connection = null;
        await foreach (var write in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                connection ??= await OpenAsync().ConfigureAwait(false);
                Fault = await write.RunAsync(connection).ConfigureAwait(false);
            }
            catch (SqliteException exception)
            {
                // The file could not be opened: the next write tries again.
                var cause = StoreException.From(exception);
                write.Refuse((Exception?)cause ?? exception);
                Fault = cause;
            }
        }

        if (connection is not null)
        {
            // Whoever closes the file last folds the log into it, and a reader may not: after a clean end the database is one file.
            using (var readers = new SqliteConnection(_connections.Reading))
            {
                SqliteConnection.ClearPool(readers);
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(_connections.Writing);
        try
        {
            await connection.OpenAsync().ConfigureAwait(false);
            using var pragmas = connection.CreateCommand();
            // A larger cache than SQLite's 2 MB: the tail chunks of the running attempts stay in memory.
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -32768; PRAGMA mmap_size = 0;";
            await pragmas.ExecuteNonQueryAsync().ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private interface IWrite
    {
        Task<StoreException?> RunAsync(SqliteConnection connection);

        void Refuse(Exception cause);
    }

    private sealed class Write<T>(
        Durability durability, Func<NtlDbContext, Task<T>> work, TaskCompletionSource<T> completion, CancellationToken cancellationToken) : IWrite
    {
        public void Refuse(Exception cause) => completion.TrySetException(cause);

        public async Task<StoreException?> RunAsync(SqliteConnection connection)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                completion.TrySetCanceled(cancellationToken);
                return null;
            }

            try
            {
                completion.TrySetResult(await TransactAsync(connection).ConfigureAwait(false));
                return null;
            }
            catch (Exception exception)
            {
                // The caller's own failure (a lost race, a broken rule) is the caller's to handle; the writer goes on.
                var fault = StoreException.From(exception);
                completion.TrySetException((Exception?)fault ?? exception);
                return fault;
            }
        }

        private async Task<T> TransactAsync(SqliteConnection connection)
        {
            using (var pragma = connection.CreateCommand())
            {
                pragma.CommandText = durability == Durability.PowerCut ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
                await pragma.ExecuteNonQueryAsync().ConfigureAwait(false);
            }

            var context = DatabaseConnections.Context(connection);
            await using (context.ConfigureAwait(false))
            {
                // Microsoft.Data.Sqlite begins a serializable transaction with BEGIN IMMEDIATE. Until Commit returns, nothing has happened on disk.
                var start = Stopwatch.GetTimestamp();
                var transaction = await context.Database.BeginTransactionAsync().ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var result = await work(context).ConfigureAwait(false);
                    await context.SaveChangesAsync().ConfigureAwait(false);
                    await transaction.CommitAsync().ConfigureAwait(false);
                    s_transactionSeconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
                    return result;
                }
            }
        }
    }
}
