using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Ntl.Domain.Runs;
using Ntl.Training.Models;
using Ntl.Training.Tuning;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>What an attempt ran with: the part of a result's identity that its spec does not hold.</summary>
internal static class TrainerEnvironment
{
    public static IReadOnlyDictionary<string, string> Describe(RunSpec spec) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ntl"] = typeof(TrainerEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["host"] = Environment.MachineName,
        ["processor"] = Processors.ModelName(),
        ["device"] = spec.Device,
        ["threads"] = get_num_threads().ToString(CultureInfo.InvariantCulture),
        ["libtorch"] = LoadedLibraries.Find("libtorch_cpu") ?? "",
        ["blas"] = LoadedLibraries.Find("blas") ?? LoadedLibraries.Find("mkl") ?? "",
        ["allocator"] = LoadedLibraries.Find("libjemalloc") ?? "libc",
        ["parameters"] = new ParameterLayout(spec.Model).Count.ToString(CultureInfo.InvariantCulture),
    };
}
