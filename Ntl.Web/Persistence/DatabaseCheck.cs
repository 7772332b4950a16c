using Microsoft.Data.Sqlite;

namespace Ntl.Web.Persistence;

/// <summary>Reads a whole database file and says whether it is sound.</summary>
public static class DatabaseCheck
{
    /// <summary>What a person is told of a damaged database, whoever found it.</summary>
    public const string Damaged =
        "The database is damaged. Stop the server and restore a back-up: './run.sh restore --from FILE' (docs/runbook.md). "
        + "The runs' journals and checkpoints are separate files and are kept.";

    private const int MostFindings = 3;

    /// <summary>Checks the structure of every table and index: <c>PRAGMA quick_check</c>. It reads the file once.</summary>
    /// <exception cref="StoreException">The file is damaged; the message says what was found and what to do.</exception>
    public static void Quick(SqliteConnection connection) => Run(connection, "PRAGMA quick_check");

    /// <summary>As <see cref="Quick"/>, and also compares every index with its table, and checks the references between tables.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public static void Thorough(SqliteConnection connection)
    {
        Run(connection, "PRAGMA integrity_check");
        Run(
            connection,
            """SELECT 'a row of ' || "table" || ' refers to a row of ' || "parent" || ' that is missing' FROM pragma_foreign_key_check""");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        List<string> findings = [];
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            using var reader = command.ExecuteReader();
            while (findings.Count <= MostFindings && reader.Read())
            {
                findings.Add(reader.GetString(0).ReplaceLineEndings(" "));
            }
        }
        catch (SqliteException exception)
        {
            throw StoreException.From(exception) ?? Damage(exception.Message, exception);
        }

        if (findings is not ([] or ["ok"]))
        {
            throw Damage(string.Join("; ", findings.Take(MostFindings)) + (findings.Count > MostFindings ? "; and more" : ""));
        }
    }

    private static StoreException Damage(string found, Exception? cause = null) =>
        new(StoreFault.Corrupt, $"{Damaged} Found: {found}.", cause);
}
