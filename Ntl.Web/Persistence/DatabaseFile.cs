using Microsoft.Data.Sqlite;

namespace Ntl.Web.Persistence;

/// <summary>A database file and what SQLite keeps beside it.</summary>
internal static class DatabaseFile
{
    /// <summary>
    /// Ends of the names of the files beside it: the log of what is committed but not yet in the file, its index, and an undone
    /// transaction.
    /// </summary>
    public static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    public static SqliteConnection Open(string path)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(builder.ToString());
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

    /// <summary>
    /// Copies a database page by page into a new file, checks the copy, and puts it on the disk. It is one file: there is no log beside it.
    /// </summary>
    /// <exception cref="StoreException">The copy is damaged.</exception>
    public static void Copy(SqliteConnection source, string path)
    {
        var target = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        using (var copy = new SqliteConnection(target))
        {
            copy.Open();
            source.BackupDatabase(copy);
            LeaveLog(copy);
            DatabaseCheck.Quick(copy);
        }

        Flush(path);
    }

    /// <summary>Folds the log into the file and leaves no file beside it.</summary>
    public static void LeaveLog(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE";
        command.ExecuteNonQuery();
    }

    public static void Flush(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Removes a database and what lies beside it.</summary>
    public static void Delete(string path)
    {
        foreach (var companion in Companions.Append(""))
        {
            File.Delete(path + companion);
        }
    }
}
