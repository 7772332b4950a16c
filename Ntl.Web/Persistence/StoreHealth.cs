using Microsoft.Data.Sqlite;

namespace Ntl.Web.Persistence;

/// <summary>
/// What is known of the database's health. Read without waiting for the database, for a thread of the pool, or for the writer.
/// </summary>
public sealed class StoreHealth(DatabaseWriter writer)
{
    private volatile StoreException? _damage;
    private volatile StoreException? _reading;
    private long _checks;

    /// <summary>Set when somebody met damage; <see cref="StoreWatch"/> then checks the whole file.</summary>
    internal ManualResetEventSlim DamageMet { get; } = new();

    /// <summary>What keeps the server from taking or giving data; null while all is well.</summary>
    public StoreException? Fault => _damage ?? _reading ?? writer.Fault;

    /// <summary>Runs stored when it was last looked at.</summary>
    public int RunCount { get; internal set; }

    /// <summary>Run directories that the database did not know at the start.</summary>
    public int OrphanedRunCount { get; internal set; }

    /// <summary>When the whole file was last found sound; null before the first check.</summary>
    public DateTimeOffset? CheckedAt { get; internal set; }

    /// <summary>How many whole checks have ended.</summary>
    internal long Checks => Interlocked.Read(ref _checks);

    /// <summary>Notes damage that any reader or writer met.</summary>
    public void Report(Exception exception)
    {
        if (exception is SqliteException && StoreException.From(exception) is { Fault: StoreFault.Corrupt } damage)
        {
            _damage ??= damage;
            DamageMet.Set();
        }
    }

    internal void Looked(int runs) => (RunCount, _reading) = (runs, null);

    internal void CouldNotLook(StoreException fault) => _reading = fault;

    internal void Checked(StoreException? damage, DateTimeOffset at)
    {
        _damage = damage;
        CheckedAt = damage is null ? at : CheckedAt;
        Interlocked.Increment(ref _checks);
    }
}
