using System.Buffers.Binary;

namespace Ntl.Training.Data;

/// <summary>The header of llm.c's files: 256 little-endian 32-bit words; in token files the first three have a meaning.</summary>
/// <remarks>karpathy/llm.c @ f1e2ace, <c>llmc/dataloader.h</c>, <c>dev/data/data_common.py</c> and <c>train_gpt2.py</c>.</remarks>
internal static class LlmcHeader
{
    public const int Length = 256 * sizeof(int);

    private const int Gpt2Tokens = 20_240_520;
    private const int Llama3Tokens = 20_240_801;
    private const int UsedWords = 16; // no llm.c file uses more words of its header than this

    private static readonly (int Magic, int Version, int TokenWidth, int Vocabulary)[] s_tokenFiles =
        [(Gpt2Tokens, 1, sizeof(ushort), 50_257), (Llama3Tokens, 7, sizeof(uint), 128_256)];

    // llm.c's magics are the dates on which the formats were made.
    private static readonly Dictionary<int, string> s_others = new()
    {
        [20_240_326] = "an llm.c model checkpoint (GPT-2 weights)",
        [20_240_327] = "an llm.c debugging file (activations and gradients)",
        [20_240_328] = "an llm.c tokenizer file",
        [20_240_522] = "an llm.c evaluation file (HellaSwag or MMLU, multiple choice)",
        [20_240_527] = "an llm.c training state (optimizer and data loader)",
        [20_240_803] = "an llm.c model checkpoint (Llama 3 weights)",
    };

    /// <summary>Bytes per token, after checking the header.</summary>
    /// <exception cref="DatasetException">Cut short, of another kind or version, or with a token count that is not the file's.</exception>
    public static int TokenWidth(ReadOnlySpan<byte> start, long byteCount)
    {
        if (byteCount < Length)
        {
            throw new DatasetException(
                DatasetProblem.WrongHeader,
                FormattableString.Invariant($"An llm.c token file begins with {Length:N0} bytes of header; this file has {byteCount:N0} bytes."));
        }

        var (magic, version) = (Word(start, 0), Word(start, 1));
        if (KindOf(magic) is not { } kind)
        {
            throw new DatasetException(
                DatasetProblem.WrongHeader,
                FormattableString.Invariant($"The file begins with the number {magic}. An llm.c token file begins with {Gpt2Tokens} (16-bit tokens) or ")
                + FormattableString.Invariant($"{Llama3Tokens} (32-bit tokens). If the file has no header, choose the width that its tokens were written with."));
        }

        if (version != kind.Version)
        {
            throw new DatasetException(
                DatasetProblem.WrongVersion,
                FormattableString.Invariant($"The header says version {version}; with the magic {magic}, Ntl reads version {kind.Version} ")
                + FormattableString.Invariant($"({8 * kind.TokenWidth}-bit tokens)."));
        }

        var count = Word(start, 2);
        var body = byteCount - Length;
        return count >= 0 && body == (long)count * kind.TokenWidth
            ? kind.TokenWidth
            : throw new DatasetException(
                DatasetProblem.WrongTokenCount,
                FormattableString.Invariant($"The header says {count:N0} tokens ({(long)count * kind.TokenWidth:N0} bytes), but {body:N0} bytes follow it ")
                + FormattableString.Invariant($"({body / kind.TokenWidth:N0} tokens). The file was cut, or something was appended."));
    }

    /// <summary>The vocabulary that a token file's magic stands for; null where the file is no token file.</summary>
    public static int? Vocabulary(ReadOnlySpan<byte> start) =>
        start.Length >= sizeof(int) && KindOf(Word(start, 0)) is { } kind ? kind.Vocabulary : null;

    /// <summary>Whether the bytes begin as an llm.c token file does.</summary>
    public static bool IsTokenFile(ReadOnlySpan<byte> start) =>
        start.Length >= sizeof(int) && KindOf(Word(start, 0)) is not null;

    /// <summary>The name of an llm.c file that holds no training tokens; null for anything else.</summary>
    public static string? OtherKind(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2 * sizeof(int))
        {
            return null;
        }

        var magic = Word(start, 0);
        if (s_others.TryGetValue(magic, out var name))
        {
            return name;
        }

        var reversed = BinaryPrimitives.ReverseEndianness(magic);
        if (KindOf(reversed) is not null)
        {
            return "an llm.c token file with its bytes in big-endian order; write it again on a little-endian machine";
        }

        return !IsTokenFile(start) && IsDate(magic) && HasEmptyTail(start)
            ? FormattableString.Invariant($"an llm.c file of a kind that Ntl does not know (magic {magic})")
            : null;
    }

    private static (int Magic, int Version, int TokenWidth, int Vocabulary)? KindOf(int magic) =>
        Array.Find(s_tokenFiles, known => known.Magic == magic) is { TokenWidth: > 0 } kind ? kind : null;

    private static bool IsDate(int magic) =>
        magic is >= 2024_01_01 and <= 2030_12_31 && magic / 100 % 100 is >= 1 and <= 12 && magic % 100 is >= 1 and <= 31;

    private static bool HasEmptyTail(ReadOnlySpan<byte> start) =>
        start.Length >= Length && !start[(UsedWords * sizeof(int))..Length].ContainsAnyExcept((byte)0);

    private static int Word(ReadOnlySpan<byte> start, int index) => BinaryPrimitives.ReadInt32LittleEndian(start[(index * sizeof(int))..]);
}
