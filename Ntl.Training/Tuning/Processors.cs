using System.Globalization;

namespace Ntl.Training.Tuning;

/// <summary>What the machine computes with.</summary>
internal static class Processors
{
    private const string Root = "/sys/devices/system/cpu";

    /// <summary>Cores that this process may use; two threads of one core count once, as matrix products gain nothing from the second.</summary>
    public static int PhysicalCoreCount()
    {
        if (!Directory.Exists(Root))
        {
            return Environment.ProcessorCount;
        }

        var cores = Directory.EnumerateDirectories(Root, "cpu*")
            .Select(path => Path.Combine(path, "topology", "thread_siblings_list"))
            .Where(File.Exists)
            .Select(path => File.ReadAllText(path).Trim())
            .Distinct(StringComparer.Ordinal)
            .Count();
        return cores == 0 ? Environment.ProcessorCount : Math.Min(cores, Environment.ProcessorCount);
    }

    /// <summary>Whether the processor is AMD's.</summary>
    public static bool IsAmd => CpuInfo("vendor_id")?.Contains("AuthenticAMD", StringComparison.Ordinal) == true;

    /// <summary>Whether the processor has AVX-512, and the system lets programs use it.</summary>
    public static bool HasAvx512 => System.Runtime.Intrinsics.X86.Avx512F.IsSupported;

    /// <summary>The processor's name; its architecture where the system does not tell.</summary>
    public static string ModelName() =>
        CpuInfo("model name") ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToUpper(CultureInfo.InvariantCulture);

    // A field of the first processor, by the system's own account.
    private static string? CpuInfo(string field) =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : null;
}
