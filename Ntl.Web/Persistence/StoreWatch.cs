using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;

namespace Ntl.Web.Persistence;

/// <summary>
/// Looks after the database on a thread of its own: asks it something every few seconds, and checks the whole file now and then, when
/// somebody met
/// damage, and when asked to.
/// </summary>
public sealed partial class StoreWatch(DatabaseConnections connections, StoreHealth health, TimeProvider time, ILogger<StoreWatch> logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromHours(6);
    private static readonly TimeSpan s_damageInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly ManualResetEvent _stopping = new(initialState: false);
    private readonly Lock _checking = new();
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.FirstChanceException += Notice;
        Look();
        _thread = new Thread(Watch) { IsBackground = true, Name = "Database watch" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.FirstChanceException -= Notice;
        _stopping.Set();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // A whole check may take longer; its thread then ends with the process.
        if (_thread?.Join(s_patience) != false)
        {
            _stopping.Dispose();
        }
    }

    /// <summary>Checks the whole file now. It takes as long as reading it.</summary>
    /// <returns>What was found; null for a sound file.</returns>
    public StoreException? Check()
    {
        // Those who ask at the same time share one check.
        var before = health.Checks;
        lock (_checking)
        {
            if (health.Checks == before)
            {
                var damage = Find();
                if (damage is not null)
                {
                    LogDamage(damage.Message);
                }

                health.Checked(damage is { Fault: StoreFault.Corrupt } ? damage : null, time.GetUtcNow());
            }

            return health.Fault;
        }
    }

    private void Watch()
    {
        var checkedAt = time.GetTimestamp();
        WaitHandle[] awaited = [_stopping, health.DamageMet.WaitHandle];
        while (true)
        {
            var woken = WaitHandle.WaitAny(awaited, s_interval);
            if (woken == 0)
            {
                return;
            }

            var isDamaged = woken == 1;
            if (isDamaged || time.GetElapsedTime(checkedAt) > s_checkInterval)
            {
                health.DamageMet.Reset();
                Check();
                checkedAt = time.GetTimestamp();
                // Requests that meet the same damage again and again must not keep the disk busy.
                if (isDamaged && _stopping.WaitOne(s_damageInterval))
                {
                    return;
                }
            }

            Look();
        }
    }

    private void Look()
    {
        try
        {
            using var connection = Open();
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT COUNT(*) FROM \"runs\"";
            health.Looked(Convert.ToInt32(query.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (SqliteException exception)
        {
            health.CouldNotLook(FaultOf(exception));
        }
    }

    private StoreException? Find()
    {
        try
        {
            using var connection = Open();
            DatabaseCheck.Quick(connection);
            return null;
        }
        catch (StoreException fault)
        {
            return fault;
        }
        catch (SqliteException exception)
        {
            return FaultOf(exception);
        }
    }

    private static StoreException FaultOf(SqliteException exception) =>
        StoreException.From(exception)
        ?? new StoreException(StoreFault.Unreachable, $"The database does not answer: {exception.Message}", exception);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connections.Reading) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Wherever in the server a read meets damage, and whoever handles the exception: it is seen here first.
    private void Notice(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is SqliteException { SqliteErrorCode: 11 or 26 } met)
        {
            health.Report(met);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Finding}")]
    private partial void LogDamage(string finding);
}
