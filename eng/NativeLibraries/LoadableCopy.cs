using System.Buffers.Binary;
using System.Text;
using LibObjectFile.Elf;

namespace Ntl.NativeLibraries;

/// <summary>
/// A copy of TorchSharp's native library that loads where the system's C++ runtime is older than the one it was linked with.
/// </summary>
/// <remarks>
/// <para>
/// The library of TorchSharp 0.107.0 needs the symbol version GLIBCXX_3.4.32 (GCC 13); Debian 12 ends at 3.4.30. The only symbol
/// of that version, <c>_ZSt21ios_base_library_initv</c>, marks the initialisation of the standard streams, which older runtimes
/// do without it; nothing calls it.
/// </para>
/// <para>
/// The section <c>.gnu.version_r</c> lists the needed versions (Linux Standard Base, "Symbol Versioning"). The flag
/// VER_FLG_WEAK of an entry makes the loader go on where the version is missing. One byte of the copy changes; the package's own
/// file is never touched.
/// </para>
/// </remarks>
public static class LoadableCopy
{
    /// <summary>The symbol version that older runtimes lack.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    private const string VersionNeeds = ".gnu.version_r";
    private const ushort Weak = 2; // VER_FLG_WEAK
    private const int NeedLength = 16; // Elf64_Verneed: vn_version, vn_cnt (16 bits), vn_file, vn_aux, vn_next (32)
    private const int EntryLength = 16; // Elf64_Vernaux: vna_hash (32), vna_flags, vna_other (16), vna_name, vna_next (32)

    private static readonly string[] s_runtimes =
        ["/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "/usr/lib64/libstdc++.so.6", "/usr/lib/libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6"];

    /// <summary>The system's C++ runtime; null where it lies in no usual place.</summary>
    public static string? FindRuntime() => s_runtimes.FirstOrDefault(File.Exists);

    /// <summary>Writes the copy: as it is where the runtime has the version, else with the need marked weak.</summary>
    /// <param name="source">The published library.</param>
    /// <param name="target">The file to write; replaced as a whole.</param>
    /// <param name="runtime">The C++ runtime that the copy will meet; null for one of unknown age.</param>
    /// <returns>What was done, in words.</returns>
    /// <exception cref="InvalidDataException">The library is no ELF file, or does not need the version in the way that is known.</exception>
    public static string Make(string source, string target, string? runtime)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        var content = File.ReadAllBytes(source);
        if (runtime is not null && Defines(runtime))
        {
            Replace(target, content);
            return $"{Path.GetFileName(source)}: copied as published, as the C++ runtime has {Version}";
        }

        var flags = FindFlags(content, Path.GetFileName(source));
        var old = BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(flags));
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(flags), (ushort)(old | Weak));
        Replace(target, content);
        return $"{Path.GetFileName(source)}: the need for {Version} marked weak at byte {flags} of the copy, as {(runtime is null ? "no C++ runtime was found" : "the C++ runtime lacks it")}";
    }

    // Where vna_flags of the version's entry lies in the file.
    private static int FindFlags(byte[] content, string name)
    {
        using var stream = new MemoryStream(content, writable: false);
        if (!ElfFile.TryRead(stream, out var file, out _)
            || file.Sections.FirstOrDefault(section => string.Equals(section.Name.Value, VersionNeeds, StringComparison.Ordinal)) is not { } needs
            || needs.Link.Section is not ElfStringTable names)
        {
            throw Unexpected("it is no ELF library with a section .gnu.version_r");
        }

        var (start, end) = ((int)needs.Position, (int)(needs.Position + needs.Size));
        for (var need = start; ; need += Word(need + 12))
        {
            Inside(need, NeedLength);
            var entry = need + Word(need + 8);
            for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(need + 2)); i++)
            {
                Inside(entry, EntryLength);
                if (string.Equals(Name(Word(entry + 8)), Version, StringComparison.Ordinal))
                {
                    return entry + 4;
                }

                entry += Word(entry + 12);
            }

            if (Word(need + 12) == 0)
            {
                throw Unexpected($"it does not need {Version}");
            }
        }

        int Word(int at) => (int)BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(at));

        string Name(int offset)
        {
            var bytes = content.AsSpan((int)names.Position + offset);
            return Encoding.ASCII.GetString(bytes[..bytes.IndexOf((byte)0)]);
        }

        void Inside(int at, int length)
        {
            if (at < start || at > end - length)
            {
                throw Unexpected("its table of needed versions is broken");
            }
        }

        InvalidDataException Unexpected(string what) => new(
            $"{name} does not look as TorchSharp 0.107.0 published it: {what}. This system's C++ runtime has no {Version}; use a newer system (Debian 13, Ubuntu 24.04), or the TorchSharp version in Directory.Packages.props.");
    }

    private static bool Defines(string runtime) => File.ReadAllBytes(runtime).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Version + '\0')) >= 0;

    // A file that another process has loaded keeps its content.
    private static void Replace(string target, byte[] content)
    {
        var draft = target + ".draft";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        File.WriteAllBytes(draft, content);
        File.Move(draft, target, overwrite: true);
    }
}
