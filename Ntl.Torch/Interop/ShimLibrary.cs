using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds and loads libntl_torch.so, and says what to install where that fails.</summary>
internal static unsafe class ShimLibrary
{
    /// <summary>The name that every import carries.</summary>
    public const string Name = "ntl_torch";

    // The boundary that this assembly was written for; native/runtime.cpp answers with its own.
    private const int Abi = 1;

    private const string InstallAdvice =
        "Install libtorch with `apt-get install libtorch-dev cmake g++ libopenblas0-openmp`, or set NTL_LIBTORCH to a libtorch's root, and build Ntl.Torch again.";

    /// <summary>Makes this class answer for the imports of this assembly.</summary>
    public static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(ShimLibrary).Assembly, (name, assembly, _) => string.Equals(name, Name, StringComparison.Ordinal) ? Load(PathBeside(assembly)) : 0);

    /// <summary>Loads the shim at <paramref name="path"/> and checks that it fits this assembly and the libtorch it found.</summary>
    /// <exception cref="DllNotFoundException">The shim or libtorch is missing, or their versions do not fit each other.</exception>
    public static IntPtr Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new DllNotFoundException($"Ntl's tensor library is missing: {path} does not exist. {InstallAdvice}");
        }

        IntPtr library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (DllNotFoundException missing)
        {
            // The message names what the loader did not find, such as libtorch_cpu.so.1.13.
            throw new DllNotFoundException($"Ntl's tensor library could not be loaded, most likely because libtorch is missing. {InstallAdvice} {missing.Message}", missing);
        }

        var abi = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, nameof(NativeMethods.ntl_abi)))();
        CheckFits(abi, Text(library, nameof(NativeMethods.ntl_built_for)), Text(library, nameof(NativeMethods.ntl_running_on)));
        return library;
    }

    /// <summary>Refuses a shim of another version of Ntl.Torch, and a libtorch other than the one the shim was compiled against.</summary>
    public static void CheckFits(int abi, string builtFor, string runningOn)
    {
        if (abi != Abi)
        {
            throw new DllNotFoundException($"libntl_torch.so speaks version {abi} of the boundary, Ntl.Torch version {Abi}. Build Ntl.Torch again.");
        }

        // A libtorch that does not tell its version is taken at its word: its sonames were found.
        if (runningOn.Length > 0 && !string.Equals(MajorMinor(builtFor), MajorMinor(runningOn), StringComparison.Ordinal))
        {
            throw new DllNotFoundException($"libntl_torch.so was compiled against libtorch {builtFor}, but libtorch {runningOn} was loaded. {InstallAdvice}");
        }
    }

    private static string MajorMinor(string version) => string.Join('.', version.Split('.').Take(2));

    private static string Text(IntPtr library, string function) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<IntPtr>)NativeLibrary.GetExport(library, function))()) ?? string.Empty;

    private static string PathBeside(Assembly assembly) =>
        Path.Combine(Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory, $"lib{Name}.so");
}
