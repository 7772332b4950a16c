using Ntl.Domain.Runs;

namespace Ntl.Web.Configuration;

/// <summary>Where the server keeps what.</summary>
public sealed class DataDirectory
{
    public DataDirectory(string root)
    {
        Root = Path.GetFullPath(root);
    }

    public string Root { get; }

    public string DatabaseFile => Path.Combine(Root, "ntl.db");

    public string LockFile => Path.Combine(Root, "server.lock");

    public string Backups => Path.Combine(Root, "backups");

    public string Datasets => Path.Combine(Root, "datasets");

    /// <summary>Keys that sign what a browser sends back, such as antiforgery tokens: with the data, so that a restart keeps open pages valid.</summary>
    public string Keys => Path.Combine(Root, "keys");

    public string Runs => Path.Combine(Root, "runs");

    /// <summary>The directory that the run's server and trainer share.</summary>
    public string Run(RunId id) => Path.Combine(Runs, id.Value);
}
