using System.Runtime.InteropServices;
using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>Counts the tokens of a file as it is read, and says afterwards what they look like.</summary>
/// <remarks>The rules look for bytes of one kind read as another; what real token files of any language and vocabulary look like passes.</remarks>
/// <param name="tokenWidth">2 or 4 bytes.</param>
/// <param name="vocabulary">The vocabulary that the tokens are said to be of; null for none.</param>
/// <param name="start">The file's first bytes.</param>
internal sealed class TokenCheck(int tokenWidth, int? vocabulary, byte[] start)
{
    private const int FewestTokens = 32; // below this, patterns are chance
    private const int ManyTokens = 4096; // from here on, small differences are no chance
    private const double Nearly = 0.9;
    private const int FewValues = 4; // high halves of 32-bit ids: a vocabulary of 262,144 has four

    private readonly Tally _bytes = new(256);
    private readonly Tally _tokens = new(65_536); // 32-bit tokens fold their high half in; below 65,536 a slot is its token
    private readonly Utf8Checker _utf8 = new();
    private bool _isUtf8 = true;
    private long _count;
    private long _byteCount;
    private uint _smallest = uint.MaxValue;
    private long _beyond;
    private (uint Token, long Position)? _firstBeyond;
    private (uint Token, long Position)? _firstImpossible;

    /// <summary>The largest token so far.</summary>
    public uint Largest { get; private set; }

    /// <summary>Takes the next bytes of the body, whole tokens.</summary>
    public void Next(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            _bytes.Add(bytes[i], _byteCount + i);
        }

        _byteCount += bytes.Length;
        _isUtf8 = _isUtf8 && _utf8.Next(bytes) is null;
        if (tokenWidth == sizeof(ushort))
        {
            foreach (var token in MemoryMarshal.Cast<byte, ushort>(bytes))
            {
                Count(token);
            }
        }
        else
        {
            foreach (var token in MemoryMarshal.Cast<byte, uint>(bytes))
            {
                Count(token);
            }
        }
    }

    /// <summary>Refuses tokens that no model can have.</summary>
    /// <exception cref="DatasetException">A token is at or above <see cref="ModelSpec.LargestVocabularySize"/>.</exception>
    public void RequirePossible()
    {
        if (_firstImpossible is not { } first)
        {
            return;
        }

        var swapped = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(first.Token);
        var reason = IsText ? "The bytes are text: choose the format text."
            : swapped < ModelSpec.LargestVocabularySize && first.Token > 0xFFFFFF
                ? FormattableString.Invariant($"Read in big-endian order it would be {swapped:N0}: write the tokens in little-endian order.")
            : LlmcHeader.IsTokenFile(start) ? first.Token == BitConverter.ToUInt32(start)
                ? "The file begins with an llm.c header: choose the format llmc."
                : "The header says 32-bit tokens, but what follows it are none."
            : "If its tokens have 16 bits, choose uint16; otherwise these are no token ids.";
        throw new DatasetException(
            DatasetProblem.TokenOutOfRange,
            FormattableString.Invariant($"Token {first.Token:N0} at position {first.Position:N0} lies above the largest vocabulary that a model can have, ")
            + FormattableString.Invariant($"{ModelSpec.LargestVocabularySize:N0}. {reason}"));
    }

    /// <summary>What makes the tokens doubtful, after the whole file.</summary>
    public IEnumerable<DatasetWarning> Warnings(bool hasHeader)
    {
        if (!hasHeader && LlmcHeader.IsTokenFile(start))
        {
            yield return new(
                DatasetWarningKind.LlmcHeader,
                FormattableString.Invariant($"The file begins with an llm.c header, whose {LlmcHeader.Length:N0} bytes would be read as ")
                + FormattableString.Invariant($"{LlmcHeader.Length / tokenWidth} tokens. Choose the format llmc."));
        }

        if (_smallest == Largest && _count > 1)
        {
            yield return new(DatasetWarningKind.ConstantToken, FormattableString.Invariant($"All {_count:N0} tokens are {Largest:N0}."));
        }
        else if (_count >= FewestTokens)
        {
            if (Pattern() is { } warning)
            {
                yield return warning;
            }
            else if (_tokens.Describe(0, 1, 2, 3) is { TopShare: > 0.95 } all)
            {
                yield return new(DatasetWarningKind.ConstantToken, FormattableString.Invariant($"{all.TopShare:P1} of the tokens are {all.Top:N0}."));
            }
        }

        if (_firstBeyond is { } first)
        {
            yield return new(
                DatasetWarningKind.BeyondVocabulary,
                FormattableString.Invariant($"{_beyond:N0} of {_count:N0} tokens lie above the vocabulary of {vocabulary:N0}: ")
                + FormattableString.Invariant($"the first is {first.Token:N0} at position {first.Position:N0}, the largest {Largest:N0}. Is it another tokenizer's file, or another format?"));
        }
    }

    private bool IsText
    {
        get
        {
            var printable = _bytes.CountOf(0x20, 0x7E) + _bytes.CountOf(0x09, 0x0A) + _bytes.CountOf(0x0D, 0x0D);
            var controls = _bytes.CountOf(0x00, 0x1F) - _bytes.CountOf(0x09, 0x0A) - _bytes.CountOf(0x0D, 0x0D);
            return printable > 0.95 * _byteCount || (_isUtf8 && controls == 0);
        }
    }

    private void Count(uint token)
    {
        _tokens.Add((int)((token ^ ((token >> 16) * 0x9E37)) & 0xFFFF), _count);
        Largest = Math.Max(Largest, token);
        _smallest = Math.Min(_smallest, token);
        if (token >= vocabulary)
        {
            _beyond++;
            _firstBeyond ??= (token, _count);
        }

        if (token >= ModelSpec.LargestVocabularySize)
        {
            _firstImpossible ??= (token, _count);
        }

        _count++;
    }

    // The one pattern that explains the bytes best.
    private DatasetWarning? Pattern()
    {
        if (IsText)
        {
            return new(DatasetWarningKind.TextAsTokens, "The bytes are text, not tokens: choose the format text.");
        }

        if (WiderWidth() is { } wider)
        {
            var (_, top, share) = wider.IsLittleEndian ? _tokens.Describe(1, 3) : _tokens.Describe(0, 2);
            var bits = 8 * tokenWidth;
            var order = wider.IsLittleEndian ? "" : " in big-endian order";
            return new(
                DatasetWarningKind.WiderTokens,
                FormattableString.Invariant($"Every second token is nearly constant ({share:P0} are {top}). ")
                + FormattableString.Invariant($"This looks like {wider.Factor * bits}-bit token ids{order}, read as {bits}-bit ones. ")
                + (wider is { Factor: 2, IsLittleEndian: true } && tokenWidth == sizeof(ushort)
                    ? "Choose the format uint32."
                    : "Write them again as little-endian uint16 or uint32."));
        }

        if (tokenWidth != sizeof(ushort))
        {
            return null;
        }

        var ascii = _tokens.CountOf(0x20, 0x7E) + _tokens.CountOf(0x09, 0x0A) + _tokens.CountOf(0x0D, 0x0D);
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || (ascii > 0.95 * _count && _tokens.CountOf(0x20, 0x20) > 0.02 * _count))
        {
            return new(DatasetWarningKind.TextAsTokens, "The bytes look like UTF-16 text, not tokens: convert it to UTF-8 and choose the format text.");
        }

        return IsBigEndian()
            ? new(
                DatasetWarningKind.BigEndian,
                "The low bytes of the tokens are less varied than the high bytes: the file looks big-endian. Write the tokens in little-endian order.")
            : null;
    }

    // Token ids use their low byte evenly and few high bytes.
    private bool IsBigEndian() =>
        _bytes.Concentration(0, 2) > (_count >= ManyTokens ? 1.2 : 2) * _bytes.Concentration(1, 3);

    // Ids of 2 or 4 times the width leave their high parts nearly constant.
    private (int Factor, bool IsLittleEndian)? WiderWidth()
    {
        Span<bool> isFlat = stackalloc bool[Tally.Lanes];
        Span<bool> isVaried = stackalloc bool[Tally.Lanes];
        for (var lane = 0; lane < Tally.Lanes; lane++)
        {
            var (distinct, _, share) = _tokens.Describe(lane);
            isFlat[lane] = share >= Nearly || (distinct <= FewValues && _count >= 8 * FewestTokens);
            isVaried[lane] = share <= 0.6 && distinct > FewValues;
        }

        return isVaried[0] && isFlat[1] && isFlat[3] ? (isFlat[2] ? 4 : 2, IsLittleEndian: true)
            : isVaried[3] && isFlat[0] && isFlat[2] ? (isFlat[1] ? 4 : 2, IsLittleEndian: false)
            : null;
    }
}
