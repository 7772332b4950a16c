using Microsoft.Data.Sqlite;

namespace Ntl.Web.Persistence;

/// <summary>The database could not do what was asked, for a reason outside the program.</summary>
public sealed class StoreException(StoreFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public StoreFault Fault { get; } = fault;

    /// <summary>The typed form of a database error; null when it is our own bug, such as a broken constraint.</summary>
    public static StoreException? From(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException sqlite && Classify(sqlite.SqliteErrorCode) is var (fault, message))
            {
                return new StoreException(fault, $"{message} (SQLite {sqlite.SqliteErrorCode}/{sqlite.SqliteExtendedErrorCode})", exception);
            }
        }

        return null;
    }

    // Result codes of https://www.sqlite.org/rescode.html
    private static (StoreFault Fault, string Message)? Classify(int code) => code switch
    {
        13 => (StoreFault.DiskFull, "The disk that holds the database is full. Free some space; Ntl goes on by itself."),
        8 => (StoreFault.ReadOnly, "The database is read-only. Give the server's account write access to the data directory."),
        5 or 6 => (StoreFault.Locked, "Another program holds the database. Close it; Ntl goes on by itself."),
        11 or 26 => (StoreFault.Corrupt, DatabaseCheck.Damaged),
        10 or 14 => (StoreFault.Unreachable, "The database file cannot be read or written. Check the disk and the data directory."),
        _ => null,
    };
}
