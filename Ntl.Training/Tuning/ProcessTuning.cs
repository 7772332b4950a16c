using System.Text;
using Ntl.Training.Runs;

namespace Ntl.Training.Tuning;

/// <summary>
/// Settings that must stand in the environment before the process loads libtorch: the allocator, the answer to MKL's question and
/// how threads wait. The process sets them and replaces itself by itself, once; process id, terminal and parent stay.
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
        Default("OMP_WAIT_POLICY", "PASSIVE");
        List<string> first = [.. (environment["LD_PRELOAD"] as string)?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? []];
        if (MklAnswer.IsWanted)
        {
            first.Insert(0, MklAnswer.Library!);
        }

        if (Allocator is { } allocator && environment["LD_PRELOAD"] is null)
        {
            first.Add(allocator);
            Default("MALLOC_CONF", "dirty_decay_ms:-1,muzzy_decay_ms:-1");
        }

        if (first.Count > 0)
        {
            environment["LD_PRELOAD"] = string.Join(':', first);
        }

        Replace(environment);

        void Default(string name, string value) => environment[name] ??= value;
    }

    /// <summary>Starts again without the answer to MKL's question, where its products came out wrong.</summary>
    public static void ApplyWithoutAnswer()
    {
        var environment = Environment.GetEnvironmentVariables();
        environment[MklAnswer.Refusal.Key] = MklAnswer.Refusal.Value;
        environment["LD_PRELOAD"] = string.Join(
            ':', ((environment["LD_PRELOAD"] as string) ?? "").Split(':').Where(library => !string.Equals(library, MklAnswer.Library, StringComparison.Ordinal)));
        Replace(environment);
    }

    private static void Replace(System.Collections.IDictionary environment)
    {
        string[] variables = [.. environment.Keys.Cast<string>().Select(name => $"{name}={environment[name]}")];
        var arguments = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).TrimEnd('\0').Split('\0');
        Posix.Replace(Environment.ProcessPath!, arguments, variables); // returns only where it failed; then the process goes on untuned
    }
}
