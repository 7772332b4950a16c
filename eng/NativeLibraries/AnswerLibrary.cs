using System.Buffers.Binary;
using System.Text;

namespace Ntl.NativeLibraries;

/// <summary>
/// A shared library with one function, <c>int mkl_serv_intel_cpu_true(void)</c>, which returns 1. Loaded before libtorch it
/// answers MKL's question whether the processor is Intel's, so that MKL takes its AVX-512 kernels on AMD processors too.
/// </summary>
/// <remarks>
/// Written byte by byte (System V ABI, AMD64 supplement: ELF64): two instructions, one symbol and no
/// relocation, and no compiler is needed for it. Nothing of MKL is changed. Whether the answer is given is the trainer's
/// choice (<c>Ntl.Training/Tuning</c>): on AMD with AVX-512 only, and checked there against a plain product.
/// </remarks>
public static class AnswerLibrary
{
    /// <summary>The function that MKL asks.</summary>
    public const string Function = "mkl_serv_intel_cpu_true";

    /// <summary>The library's file name.</summary>
    public const string FileName = "libntl_mkl_answer.so";

    private const int Page = 0x1000;
    private const int HeaderLength = 64;
    private const int ProgramHeaderLength = 56;
    private const int SymbolLength = 24;
    private const int DynamicLength = 16;
    private const uint Readable = 4, Writable = 2, Executable = 1; // PF_R, PF_W, PF_X

    // mov eax, 1; ret
    private static readonly byte[] s_code = [0xb8, 1, 0, 0, 0, 0xc3];

    /// <summary>Writes the library.</summary>
    /// <param name="path">The file to write; replaced.</param>
    public static void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, Content());
    }

    /// <summary>The library's bytes; the same each time.</summary>
    public static byte[] Content()
    {
        // Names: an empty one, the function's, the library's.
        var names = Encoding.ASCII.GetBytes($"\0{Function}\0{FileName}\0");
        const int FunctionName = 1;
        var libraryName = FunctionName + Function.Length + 1;

        // First page: headers, symbols, hash table, names, code. Second page: what the loader writes to.
        const int ProgramHeaders = HeaderLength;
        const int Symbols = ProgramHeaders + 4 * ProgramHeaderLength;
        const int Hash = Symbols + 2 * SymbolLength;
        const int Names = Hash + 5 * sizeof(uint) + 4;
        var code = Align(Names + names.Length, 16);
        var firstLength = code + s_code.Length;
        (ulong Tag, ulong Value)[] dynamic =
        [
            (14, (ulong)libraryName), // DT_SONAME
            (4, Hash), // DT_HASH
            (5, Names), // DT_STRTAB
            (6, Symbols), // DT_SYMTAB
            (10, (ulong)names.Length), // DT_STRSZ
            (11, SymbolLength), // DT_SYMENT
            (0, 0), // DT_NULL
        ];
        var dynamicLength = dynamic.Length * DynamicLength;
        var content = new byte[Page + dynamicLength];

        Header(content);
        ProgramHeader(content, 0, type: 1, Readable | Executable, 0, firstLength, Page); // PT_LOAD
        ProgramHeader(content, 1, type: 1, Readable | Writable, Page, dynamicLength, Page); // PT_LOAD
        ProgramHeader(content, 2, type: 2, Readable | Writable, Page, dynamicLength, sizeof(ulong)); // PT_DYNAMIC
        ProgramHeader(content, 3, type: 0x6474e551, Readable | Writable, 0, 0, 16); // PT_GNU_STACK: no executable stack

        // Symbol 0 is the undefined one. Symbol 1: global function of default visibility in a section that is not the undefined one.
        var symbol = content.AsSpan(Symbols + SymbolLength);
        Word(symbol, 0, FunctionName);
        symbol[4] = 0x12; // STB_GLOBAL, STT_FUNC
        BinaryPrimitives.WriteUInt16LittleEndian(symbol[6..], 1); // any defined section: its address moves with the library
        Long(symbol, 8, (ulong)code);
        Long(symbol, 16, (ulong)s_code.Length);

        // One bucket, two symbols: the bucket begins with symbol 1, whose chain ends.
        uint[] hash = [1, 2, 1, 0, 0];
        for (var i = 0; i < hash.Length; i++)
        {
            Word(content.AsSpan(Hash), i * sizeof(uint), hash[i]);
        }

        names.CopyTo(content.AsSpan(Names));
        s_code.CopyTo(content.AsSpan(code));
        for (var i = 0; i < dynamic.Length; i++)
        {
            Long(content.AsSpan(Page), i * DynamicLength, dynamic[i].Tag);
            Long(content.AsSpan(Page), i * DynamicLength + sizeof(ulong), dynamic[i].Value);
        }

        return content;
    }

    private static void Header(Span<byte> file)
    {
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]; // 64 bits, little-endian, version 1
        identity.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], 3); // ET_DYN
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], 62); // EM_X86_64
        Word(file, 20, 1); // EV_CURRENT
        Long(file, 32, HeaderLength); // program headers follow
        BinaryPrimitives.WriteUInt16LittleEndian(file[52..], HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(file[54..], ProgramHeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(file[56..], 4);
        BinaryPrimitives.WriteUInt16LittleEndian(file[58..], 64); // the size of a section header, of which there is none
    }

    private static void ProgramHeader(Span<byte> file, int index, uint type, uint flags, int offset, int length, int alignment)
    {
        var header = file.Slice(HeaderLength + index * ProgramHeaderLength, ProgramHeaderLength);
        Word(header, 0, type);
        Word(header, 4, flags);
        Long(header, 8, (ulong)offset);
        Long(header, 16, (ulong)offset); // address: as in the file
        Long(header, 24, (ulong)offset);
        Long(header, 32, (ulong)length);
        Long(header, 40, (ulong)length);
        Long(header, 48, (ulong)alignment);
    }

    private static int Align(int position, int to) => (position + to - 1) / to * to;

    private static void Word(Span<byte> at, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(at[offset..], value);

    private static void Long(Span<byte> at, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(at[offset..], value);
}
