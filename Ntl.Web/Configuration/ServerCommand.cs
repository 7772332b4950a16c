using Ntl.Web.Persistence;

namespace Ntl.Web.Configuration;

/// <summary>What the program is asked to do: to serve, or to copy the database out of or into the data directory and leave.</summary>
/// <param name="Name"><c>backup</c> or <c>restore</c>; null to serve.</param>
/// <param name="Path">The back-up's path.</param>
/// <param name="Settings">The other arguments, for the configuration.</param>
/// <param name="Problem">Why the command line cannot be understood; null when it can.</param>
public sealed record ServerCommand(string? Name, string? Path, IReadOnlyList<string> Settings, string? Problem = null)
{
    private const string Backup = "backup";
    private const string Restore = "restore";
    private const string NewLab = "--new-lab";

    /// <summary>Reads the command line. Settings may stand before and after the command.</summary>
    public static ServerCommand Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string? name = null, path = null;
        List<string> settings = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            var (argument, next) = (arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : null);
            if (name is null && argument is Backup or Restore)
            {
                name = argument;
            }
            else if (argument is NewLab)
            {
                settings.Add($"--{NtlOptions.Section}:{nameof(NtlOptions.NewLab)}=true");
            }
            else if (name is not null && string.Equals(argument, OptionOf(name), StringComparison.Ordinal) && next is not null)
            {
                (path, i) = (next, i + 1);
            }
            else if (name is not null && argument.StartsWith(OptionOf(name) + "=", StringComparison.Ordinal))
            {
                path = argument[(OptionOf(name).Length + 1)..];
            }
            else if (argument.StartsWith("--", StringComparison.Ordinal)
                && !argument.Contains('=', StringComparison.Ordinal)
                && next is not null)
            {
                settings.AddRange([argument, next]);
                i++;
            }
            else
            {
                settings.Add(argument);
            }
        }

        return name is not null && string.IsNullOrWhiteSpace(path)
            ? new(name, null, settings, $"Say which file: {name} {OptionOf(name)} FILE")
            : new(name, path, settings);
    }

    /// <summary>Does the command, not serving.</summary>
    /// <returns>What was done, in a sentence.</returns>
    /// <exception cref="StoreException">It could not be done; nothing has changed.</exception>
    /// <exception cref="DataDirectoryException">A server uses the data directory.</exception>
    public async Task<string> RunAsync(DataDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (Name is Backup)
        {
            new DatabaseBackup(directory).Write(Path!);
            return $"Backed the database up to '{Path}'. Copy '{directory.Runs}' and '{directory.Datasets}' too.";
        }

        // Before anything is made: a mistyped data directory is refused, not begun.
        if (!File.Exists(Path))
        {
            throw new StoreException(StoreFault.Missing, $"There is no back-up '{Path}'.");
        }

        using var held = DataDirectoryLock.Take(directory);
        var aside = await new DatabaseRestore(directory, time).RestoreAsync(Path!, cancellationToken);
        return $"Restored '{directory.DatabaseFile}' from '{Path}'."
            + (aside is null ? "" : $" The database that was there is now '{aside}'.");
    }

    private static string OptionOf(string name) => name is Restore ? "--from" : "--to";
}
