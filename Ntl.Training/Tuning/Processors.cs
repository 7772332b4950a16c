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

    /// <summary>The processor's name; its architecture where the system does not tell.</summary>
    public static string ModelName() =>
        (File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null)
            is { } line ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToUpper(CultureInfo.InvariantCulture);
}
