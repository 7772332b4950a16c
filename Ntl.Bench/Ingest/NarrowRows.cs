using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Ntl.Bench.Store;

namespace Ntl.Bench.Ingest;

/// <summary>The peer: the same points as narrow rows, the way most trackers on SQLite keep them.</summary>
internal static class NarrowRows
{
    private const int RowsPerTransaction = 1_000;

    /// <summary>Stores generated points in transactions of 1,000 rows with a prepared statement.</summary>
    /// <returns>Points per second of writing alone, and bytes of file a point.</returns>
    public static (double PointsPerSecond, double BytesPerPoint) Store(string path, int runs, long steps, long stepsAtOnce)
    {
        var points = Points(runs, steps, stepsAtOnce);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        // The same promises as the product's own ingest: a crash of the process loses nothing.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;");
        Execute(connection, "CREATE TABLE points (run INTEGER, key INTEGER, step INTEGER, value REAL, PRIMARY KEY (run, key, step)) WITHOUT ROWID");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO points (run, key, step, value) VALUES ($run, $key, $step, $value)";
        var (run, key) = (insert.Parameters.Add("$run", SqliteType.Integer), insert.Parameters.Add("$key", SqliteType.Integer));
        var (step, value) = (insert.Parameters.Add("$step", SqliteType.Integer), insert.Parameters.Add("$value", SqliteType.Real));
        insert.Prepare();

        var start = Stopwatch.GetTimestamp();
        foreach (var batch in points.Chunk(RowsPerTransaction))
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var point in batch)
            {
                (run.Value, key.Value, step.Value, value.Value) = (point.Run, point.Key, point.Step, point.Value);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return (points.Count / seconds, new FileInfo(path).Length / (double)points.Count);
    }

    private static List<(int Run, int Key, long Step, double Value)> Points(int runs, long steps, long stepsAtOnce)
    {
        List<(int Run, int Key, long Step, double Value)> points = [];
        Dictionary<string, int> keys = new(StringComparer.Ordinal);
        var schedule = ProductStore.Spec("rows", steps).Schedule;
        var series = Enumerable.Range(0, runs).Select(run => new GeneratedSeries(run, schedule)).ToList();
        for (long from = 0; from < steps; from += stepsAtOnce)
        {
            for (var run = 0; run < runs; run++)
            {
                for (var step = from; step < Math.Min(steps, from + stepsAtOnce); step++)
                {
                    series[run].Measure(step, (key, at, value) =>
                    {
                        if (!keys.TryGetValue(key.Value, out var id))
                        {
                            keys[key.Value] = id = keys.Count;
                        }

                        points.Add((run, id, at, value));
                    });
                }
            }
        }

        return points;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
