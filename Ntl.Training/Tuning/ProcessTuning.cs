using System.Globalization;
using System.Text;
using Ntl.Training.Runs;

namespace Ntl.Training.Tuning;

/// <summary>
/// Settings that must stand in the environment before the process loads libtorch: the allocator and the threads. The process
/// sets them and replaces itself by itself, once; process id, terminal and parent stay.
/// </summary>
/// <remarks>
/// Large activations go back to the system after each step with the C library's allocator, and each step pays for new pages: a
/// quarter of its time. jemalloc told never to give memory back keeps them. Waiting threads sleep rather than spin, as the server
/// shares the machine: under load from another process spinning makes a step many times slower.
/// </remarks>
internal static class ProcessTuning
{
    private const string Switch = "NTL_TUNING"; // off: leave everything; done: this process was tuned

    private static readonly string[] s_allocators =
        ["/usr/lib/x86_64-linux-gnu/libjemalloc.so.2", "/usr/lib/aarch64-linux-gnu/libjemalloc.so.2", "/usr/lib64/libjemalloc.so.2", "/usr/lib/libjemalloc.so.2"];

    /// <summary>The allocator library that would be used; null where none is installed.</summary>
    public static string? Allocator => s_allocators.FirstOrDefault(File.Exists);

    /// <summary>Tunes and starts again, unless that was done, is switched off, or nothing is to be changed.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Switch) is not null)
        {
            return;
        }

        var environment = Environment.GetEnvironmentVariables();
        environment[Switch] = "done";
        Default("OMP_NUM_THREADS", Processors.PhysicalCoreCount().ToString(CultureInfo.InvariantCulture));
        Default("OMP_WAIT_POLICY", "PASSIVE");
        if (Allocator is { } allocator && environment["LD_PRELOAD"] is null)
        {
            environment["LD_PRELOAD"] = allocator;
            Default("MALLOC_CONF", "dirty_decay_ms:-1,muzzy_decay_ms:-1");
        }

        string[] variables = [.. environment.Keys.Cast<string>().Select(name => $"{name}={environment[name]}")];
        var arguments = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).TrimEnd('\0').Split('\0');
        Posix.Replace(Environment.ProcessPath!, arguments, variables); // returns only where it failed; then the process goes on untuned

        void Default(string name, string value) => environment[name] ??= value;
    }
}
