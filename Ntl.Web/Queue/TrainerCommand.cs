using System.Globalization;
using Ntl.Web.Configuration;

namespace Ntl.Web.Queue;

/// <summary>The command line and the environment of a trainer.</summary>
public sealed class TrainerCommand(NtlOptions options)
{
    /// <summary>What a trainer is given of the server's environment: enough to find libraries, threads and devices, no secrets.</summary>
    private static readonly string[] s_environment =
    [
        "PATH", "HOME", "LANG", "TMPDIR", "DOTNET_ROOT", "LD_LIBRARY_PATH", "LD_PRELOAD", "MALLOC_CONF", "NTL_TUNING", "NTL_MKL_ANSWER", "XDG_CACHE_HOME",
        "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "OMP_PROC_BIND", "GOMP_SPINCOUNT",
        "CUDA_VISIBLE_DEVICES", "CUDA_HOME", "NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES",
    ];

    /// <summary>The program and its arguments. Run and attempt are in it, so that the process can be found by them.</summary>
    /// <exception cref="LaunchException">There is no trainer where it should be.</exception>
    public IReadOnlyList<string> Arguments(Launch launch) => [.. Program(), .. RunArguments(launch)];

    /// <summary>What of the command line names run and attempt. Ends with the token, so that attempt 1 is not taken for attempt 12.</summary>
    public static IReadOnlyList<string> RunArguments(Launch launch) =>
    [
        "run", "--dir", launch.Directory.Root, "--attempt", launch.Attempt.ToString(CultureInfo.InvariantCulture), "--token", launch.Token,
    ];

    public IEnumerable<KeyValuePair<string, string>> Environment() =>
        s_environment.Concat(options.TrainerEnvironment).Distinct(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, System.Environment.GetEnvironmentVariable(name)!))
            .Where(pair => pair.Value is not null);

    private string[] Program()
    {
        var path = options.TrainerPath is { } given ? Path.GetFullPath(given) : Path.Combine(AppContext.BaseDirectory, "ntl-train");
        if (!File.Exists(path))
        {
            throw new LaunchException($"There is no trainer at '{path}'. Build the solution, or name the trainer with Ntl__TrainerPath.");
        }

        return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", path] : [path];
    }
}
