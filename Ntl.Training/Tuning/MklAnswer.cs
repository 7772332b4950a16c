namespace Ntl.Training.Tuning;

/// <summary>
/// Whether MKL, which the published libtorch carries, is told that this processor may take its AVX-512 kernels. On an AMD
/// processor it asks a function that a library of ours answers (<c>eng/NativeLibraries</c>, docs/adr/0019); 32-bit products then
/// run more than twice as fast, equal up to rounding.
/// </summary>
internal static class MklAnswer
{
    private const string FileName = "libntl_mkl_answer.so";
    private const string Switch = "NTL_MKL_ANSWER"; // off: MKL keeps its own choice
    private const string Off = "off";

    /// <summary>The library that answers; null where it is not beside the program.</summary>
    public static string? Library => Path.Combine(AppContext.BaseDirectory, FileName) is var path && File.Exists(path) ? path : null;

    /// <summary>Whether the library is loaded.</summary>
    public static bool IsGiven => LoadedLibraries.Find(FileName) is not null;

    /// <summary>Why the answer is or is not to be given, in words.</summary>
    public static string Reason => IsSwitchedOff ? $"not given: {Switch} is off"
        : !Processors.IsAmd ? "not given: the processor is not AMD's, and MKL chooses well"
        : !Processors.HasAvx512 ? "not given: the processor has no AVX-512"
        : Library is null ? $"not given: {FileName} is not beside the program"
        : IsGiven ? "given: AVX-512 kernels on AMD"
        : "not given: the library was not loaded";

    /// <summary>Whether the answer is to be given.</summary>
    public static bool IsWanted => !IsSwitchedOff && Processors.IsAmd && Processors.HasAvx512 && Library is not null;

    /// <summary>The variable that keeps a process started again from asking for the answer.</summary>
    public static KeyValuePair<string, string> Refusal => new(Switch, Off);

    private static bool IsSwitchedOff => string.Equals(Environment.GetEnvironmentVariable(Switch), Off, StringComparison.OrdinalIgnoreCase);
}
