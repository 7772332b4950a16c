using System.Runtime.InteropServices;

namespace Ntl.Training.Runs;

/// <summary>The access rights of files that this process makes.</summary>
public static partial class NewFiles
{
    private const uint OthersMask = 0b000_111_111; // rwx of group and others

    /// <summary>Makes files and directories that this process and its children create from now on accessible to their owner alone.</summary>
    public static void KeepToOwner()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Umask(OthersMask);
        }
    }

    // man 2 umask
    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint Umask(uint mask);
}
