using Microsoft.EntityFrameworkCore;
using Ntl.Web.Persistence;

namespace Ntl.Web.Configuration;

/// <summary>Run directories that the database does not know, as after the restore of an older back-up.</summary>
public sealed partial class OrphanedRuns(DataDirectory directory, DatabaseReader reader, StoreHealth health, ILogger<OrphanedRuns> logger)
{
    private const int MostNamed = 5;

    /// <summary>Counts them, and says in the log which they are and what to do. Called before runs can be made.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var names = await FindAsync(cancellationToken);
        health.OrphanedRunCount = names.Count;
        if (names.Count > 0)
        {
            LogOrphans(names.Count, directory.Runs, string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? ", …" : ""));
        }
    }

    /// <summary>Names of the directories, in order.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory.Runs))
        {
            return [];
        }

        await using var context = reader.Open();
        var known = await context.Runs.Select(run => run.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var names = Directory.EnumerateDirectories(directory.Runs).Select(path => Path.GetFileName(path));
        return [.. names.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal)];
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} run directories in {Runs} are not in the database: {Names}. "
            + "Restore the back-up that knows them, or keep their files elsewhere and delete them here (docs/runbook.md)")]
    private partial void LogOrphans(int count, string runs, string names);
}
