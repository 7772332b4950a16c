using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;

namespace Ntl.Web.Persistence;

/// <summary>Puts a back-up in the place of the database. The caller holds the data directory's lock.</summary>
/// <remarks>
/// A log of the old database (<c>ntl.db-wal</c>) beside the restored file would be read into it. So all files of the old one move aside
/// together:
/// a note of the decision is written first, and whoever finds it, this command or the next start of the server, carries the move through. A
/// kill
/// before the note leaves the old database untouched, a kill after it the new one.
/// </remarks>
public sealed class DatabaseRestore(DataDirectory directory, TimeProvider time)
{
    /// <summary>The checked copy that waits to become the database.</summary>
    private string Ready => directory.DatabaseFile + ".restoring";

    /// <summary>The note: from here on the copy counts. It holds the name that the old database moves to.</summary>
    private string Note => directory.DatabaseFile + ".restore-decided";

    /// <summary>Copies and checks the back-up, then moves it into place.</summary>
    /// <param name="backup">One database file, with no log beside it.</param>
    /// <param name="cancellationToken">Stops the copying; the old database stays.</param>
    /// <returns>Where the old database lies now; null where there was none.</returns>
    /// <exception cref="StoreException">The back-up cannot be read, is damaged, newer, or not Ntl's. Nothing has changed.</exception>
    public async Task<string?> RestoreAsync(string backup, CancellationToken cancellationToken)
    {
        try
        {
            Finish();
            RefuseUnfit(backup);
            DatabaseFile.Delete(Ready);
            await CopyAsync(backup, cancellationToken);
            var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            var aside = Path.Combine(directory.Root, $"ntl-replaced-{stamp}.db");
            DurableFile.Write(Note, Encoding.UTF8.GetBytes(Path.GetFileName(aside)));
            Finish();
            return File.Exists(aside) ? aside : null;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreException.From(exception)
                ?? new StoreException(StoreFault.Unreachable, $"The back-up cannot be restored: {exception.Message}", exception);
        }
    }

    /// <summary>Carries through a restore that was decided and then interrupted; does nothing where there is none.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Finish()
    {
        if (!File.Exists(Note))
        {
            return false;
        }

        // Each step may have been done by a process that was killed after it.
        if (File.Exists(Ready))
        {
            var aside = Path.Combine(directory.Root, Path.GetFileName(File.ReadAllText(Note)));
            foreach (var part in DatabaseFile.Companions.Append(""))
            {
                if (File.Exists(directory.DatabaseFile + part))
                {
                    File.Move(directory.DatabaseFile + part, aside + part, overwrite: true);
                }
            }

            File.Move(Ready, directory.DatabaseFile);
            DurableFile.FlushNames(directory.Root);
        }

        File.Delete(Note);
        DurableFile.FlushNames(directory.Root);
        return true;
    }

    private static bool IsDatabase(string file)
    {
        var magic = "SQLite format 3\0"u8;
        Span<byte> start = stackalloc byte[16];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(magic);
    }

    private void RefuseUnfit(string backup)
    {
        if (!File.Exists(backup))
        {
            throw new StoreException(StoreFault.Missing, $"There is no back-up '{backup}'.");
        }

        // A device or a pipe has no length, and could be read for ever.
        if (new FileInfo(backup).Length == 0)
        {
            throw new StoreException(StoreFault.Foreign, $"'{backup}' is empty: it holds no database of Ntl.");
        }

        if (!IsDatabase(backup))
        {
            throw new StoreException(StoreFault.Foreign, $"'{backup}' is not an SQLite database. Name a back-up that Ntl made.");
        }

        if (string.Equals(Path.GetFullPath(backup), directory.DatabaseFile, StringComparison.Ordinal))
        {
            throw new StoreException(StoreFault.Unreachable, $"'{backup}' is the database itself. Name a back-up of it.");
        }

        if (new FileInfo(backup + "-wal") is { Exists: true, Length: > 0 })
        {
            throw new StoreException(
                StoreFault.Unreachable,
                $"A log lies beside the back-up: '{backup}-wal'. If both were copied from a stopped server, fold it in with: "
                + $"sqlite3 '{backup}' 'PRAGMA wal_checkpoint(TRUNCATE)'. If it is left over, delete it. Then restore again.");
        }
    }

    private async Task CopyAsync(string backup, CancellationToken cancellationToken)
    {
        await using (var source = File.OpenRead(backup))
        await using (var target = File.Create(Ready))
        {
            await source.CopyToAsync(target, cancellationToken);
        }

        await using (var copy = DatabaseFile.Open(Ready))
        {
            DatabaseCheck.Thorough(copy);
            if ((await DatabaseSchema.ReadAsync(copy, cancellationToken)).Count == 0)
            {
                throw new StoreException(StoreFault.Foreign, $"'{backup}' is empty: it holds no database of Ntl.");
            }

            DatabaseFile.LeaveLog(copy);
        }

        DatabaseFile.Flush(Ready);
    }
}
