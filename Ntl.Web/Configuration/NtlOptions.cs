namespace Ntl.Web.Configuration;

/// <summary>Settings of the server: section <c>Ntl</c> of the configuration, or environment variables <c>Ntl__DataDirectory</c> and so on.</summary>
public sealed class NtlOptions
{
    public const string Section = "Ntl";

    /// <summary>Database, runs, uploads and backups lie here. One server at a time may use it.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Whether a new database may begin beside run directories that it will not know; <c>--new-lab</c> on the command line.</summary>
    public bool NewLab { get; set; }

    /// <summary>The trainer: <c>ntl-train</c> or <c>ntl-train.dll</c>. Null: the one beside the server's own binary.</summary>
    public string? TrainerPath { get; set; }

    /// <summary>Devices that runs are started on: <c>cpu</c>, <c>cuda:0</c> … Empty: the CPU alone.</summary>
    public IReadOnlyList<string> Devices { get; set; } = [];

    /// <summary>The devices that this server has.</summary>
    public IReadOnlyList<string> DeviceNames => Devices.Count > 0 ? Devices : ["cpu"];

    /// <summary>Runs that a device takes at once.</summary>
    public int RunsPerDevice { get; set; } = 1;

    /// <summary>Names of the server's environment variables that a trainer is given, besides the few it always needs.</summary>
    public IReadOnlyList<string> TrainerEnvironment { get; set; } = [];

    /// <summary>A trainer whose lease has been silent this long counts as lost.</summary>
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A trainer that was asked to stop and has not after this long is killed. It may lose the steps since its last checkpoint.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often in a row a lost trainer is started again without a new checkpoint in between.</summary>
    public int RetryLimit { get; set; } = 3;

    /// <summary>Wait before the first retry; each further one waits twice as long.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the journals of living trainers are read.</summary>
    public TimeSpan IngestInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Folders from which files may be added by path. Empty: the folder <c>datasets</c> of the data directory.</summary>
    public IReadOnlyList<string> DatasetRoots { get; set; } = [];

    /// <summary>Largest upload.</summary>
    public long MaxUploadBytes { get; set; } = 2L << 30;

    /// <summary>Host names that requests may name, besides the loopback's own. Others are refused, which stops DNS rebinding.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];
}
