using Microsoft.Data.Sqlite;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;

namespace Ntl.Web.Persistence;

/// <summary>
/// Copies the database into one file, also while a server uses it: the copy is of one committed state, with what still lies in the log.
/// </summary>
public sealed class DatabaseBackup(DataDirectory directory)
{
    /// <summary>Writes a back-up, checks it, and gives it its name last: a file of that name is whole.</summary>
    /// <param name="path">Must not exist.</param>
    /// <exception cref="StoreException">The database or the target cannot be used, or the copy is damaged.</exception>
    public void Write(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new StoreException(StoreFault.Unreachable, $"'{path}' exists. Name a file that does not.");
        }

        if (!File.Exists(directory.DatabaseFile))
        {
            throw new StoreException(StoreFault.Missing, $"There is no database '{directory.DatabaseFile}'.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var unfinished = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.unfinished");
        try
        {
            Directory.CreateDirectory(folder);
            using (var source = DatabaseFile.Open(directory.DatabaseFile))
            {
                DatabaseFile.Copy(source, unfinished);
            }

            File.Move(unfinished, path);
            DurableFile.FlushNames(folder);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreException.From(exception)
                ?? new StoreException(StoreFault.Unreachable, $"The back-up cannot be written: {exception.Message}", exception);
        }
        finally
        {
            DatabaseFile.Delete(unfinished);
        }
    }
}
