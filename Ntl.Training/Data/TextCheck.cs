using System.Globalization;

namespace Ntl.Training.Data;

/// <summary>Checks a text as it is read: that it is UTF-8 from its first character to its last, and that it is text.</summary>
internal sealed class TextCheck
{
    private const int FewestBytes = 8; // below this, patterns are chance
    private const int LongestCharacter = 4;
    private const double MostControls = 0.01;

    private readonly Tally _bytes = new(256);
    private readonly Utf8Checker _utf8 = new();
    private long _length;
    private int _markLength;
    private int _cutLength; // bytes at the start that continue a character whose own start is missing
    private byte[] _cutStart = [];
    private long? _firstNul;

    /// <summary>The largest byte so far.</summary>
    public int Largest { get; private set; }

    /// <summary>Takes the next bytes of the file, its byte order mark included.</summary>
    /// <exception cref="DatasetException">They are not UTF-8.</exception>
    public void Next(ReadOnlySpan<byte> bytes)
    {
        var text = bytes;
        if (_length == 0)
        {
            RequireNoOtherMark(bytes);
            _markLength = bytes.StartsWith(DatasetLayout.Utf8Mark) ? DatasetLayout.Utf8Mark.Length : 0;
            text = bytes[_markLength..];
            _cutLength = ContinuationsAtStart(text);
            _cutStart = text[.._cutLength].ToArray();
            text = text[_cutLength..];
        }

        var offset = _length;
        for (var i = 0; i < bytes.Length; i++)
        {
            _bytes.Add(bytes[i], offset + i);
            Largest = Math.Max(Largest, bytes[i]);
        }

        if (_firstNul is null && bytes.IndexOf((byte)0) is var nul and >= 0)
        {
            _firstNul = offset + nul;
        }

        _length += bytes.Length;
        if (_utf8.Next(text) is { } wrong)
        {
            // What continues no character can only be a cut when all the rest is sound.
            var at = _cutLength > 0 ? _markLength : wrong + _markLength;
            throw NotUtf8(at, at >= offset ? bytes[(int)(at - offset)] : null, at >= offset ? bytes[..(int)(at - offset)] : [], bytes);
        }
    }

    /// <summary>Checks the end, and what the whole looks like.</summary>
    /// <returns>What makes the text doubtful.</returns>
    /// <exception cref="DatasetException">The text is cut, or is no text.</exception>
    public IReadOnlyList<DatasetWarning> End()
    {
        if (WideUnits() is { } wide)
        {
            throw wide;
        }

        // Cyrillic or Greek in UTF-16 is valid UTF-8, full of control characters.
        if (Controls > MostControls * _length && Alternation() is { } alternation)
        {
            throw new DatasetException(DatasetProblem.OtherEncoding, $"The file is not UTF-8 text. {alternation}");
        }

        RequireUncut();
        List<DatasetWarning> warnings = [];
        if (_markLength > 0)
        {
            warnings.Add(new(DatasetWarningKind.ByteOrderMark, "The text begins with a UTF-8 byte order mark; its 3 bytes are left out of the tokens."));
        }

        if (_firstNul is { } first)
        {
            warnings.Add(new(
                DatasetWarningKind.NulBytes,
                FormattableString.Invariant($"The text holds {_bytes.CountOf(0, 0):N0} NUL bytes, the first at offset {first:N0}. ")
                + "Text has none: is the file binary, or was it damaged?"));
        }

        var controls = Controls;
        if (_length >= FewestBytes && controls > MostControls * _length)
        {
            warnings.Add(new(
                DatasetWarningKind.ControlCharacters,
                FormattableString.Invariant($"{controls:N0} of the {_length:N0} bytes are control characters. Is it a binary file?")));
        }

        if (_length - _markLength >= 2 && _bytes.Describe(0, 1, 2, 3) is { TopShare: > 0.95 } all)
        {
            warnings.Add(new(
                DatasetWarningKind.ConstantToken,
                FormattableString.Invariant($"{all.TopShare:P1} of the bytes are 0x{all.Top:X2}.")));
        }

        return warnings;
    }

    // Control characters but for tab, line feed, form feed, carriage return and escape; NUL is told by itself.
    private long Controls => _bytes.CountOf(0x01, 0x1F) - _bytes.CountOf(0x09, 0x0A) - _bytes.CountOf(0x0C, 0x0D) - _bytes.CountOf(0x1B, 0x1B);

    private static void RequireNoOtherMark(ReadOnlySpan<byte> start)
    {
        var name = start.StartsWith<byte>([0xFF, 0xFE, 0, 0]) ? "UTF-32LE"
            : start.StartsWith<byte>([0, 0, 0xFE, 0xFF]) ? "UTF-32BE"
            : start.StartsWith<byte>([0xFF, 0xFE]) ? "UTF-16LE"
            : start.StartsWith<byte>([0xFE, 0xFF]) ? "UTF-16BE"
            : null;
        if (name is not null)
        {
            var encoding = name[..6];
            throw new DatasetException(
                DatasetProblem.OtherEncoding,
                $"The text is {name} (it begins with that byte order mark), not UTF-8. Convert it: iconv -f {encoding} -t UTF-8.");
        }
    }

    private static int ContinuationsAtStart(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && (text[length] & 0xC0) == 0x80)
        {
            length++;
        }

        return length < LongestCharacter && length < text.Length ? length : 0;
    }

    // NUL in every second byte, or three of four, is valid UTF-8 and no text.
    private DatasetException? WideUnits()
    {
        if (_length < FewestBytes)
        {
            return null;
        }

        Span<bool> isNul = stackalloc bool[Tally.Lanes];
        Span<bool> isOther = stackalloc bool[Tally.Lanes];
        for (var lane = 0; lane < Tally.Lanes; lane++)
        {
            var share = (double)_bytes.CountAt(lane, 0) / Math.Max(1, _bytes.TotalOf(lane));
            (isNul[lane], isOther[lane]) = (share > 0.6, share < 0.25);
        }

        var name = isOther[0] && isNul[1] && isNul[3] ? (isNul[2] ? "UTF-32LE" : isOther[2] ? "UTF-16LE" : null)
            : isOther[3] && isNul[0] && isNul[2] ? (isNul[1] ? "UTF-32BE" : isOther[1] ? "UTF-16BE" : null)
            : null;
        if (name is null)
        {
            return null;
        }

        var bits = name[4..6];
        var which = string.Equals(bits, "16", StringComparison.Ordinal) ? "Nearly every second byte is NUL" : "Nearly three of four bytes are NUL";
        var nuls = FormattableString.Invariant($"{which} ({_bytes.CountOf(0, 0):N0} of {_length:N0})");
        var others = _length - _bytes.CountOf(0, 0);
        var printable = _bytes.CountOf(0x20, 0x7E) + _bytes.CountOf(0x09, 0x0A) + _bytes.CountOf(0x0D, 0x0D);
        return printable > 0.9 * others
            ? new(DatasetProblem.OtherEncoding, $"{nuls}: it looks like {name} without a byte order mark. Convert it: iconv -f {name} -t UTF-8.")
            : new(DatasetProblem.OtherEncoding, $"{nuls}, and the rest is no text: it looks like {bits}-bit token ids. Choose the format uint{bits}.");
    }

    private void RequireUncut()
    {
        var hasOthers = _bytes.CountOf(0x80, 0xFF) > _cutLength + _utf8.Unfinished.Length;
        if (_cutLength > 0)
        {
            throw new DatasetException(
                DatasetProblem.InvalidUtf8,
                FormattableString.Invariant($"The text begins inside a character: its first {Bytes(_cutLength)} ({Hex(_cutStart)}) continue a character ")
                + $"whose start is missing. The file was cut at the start; leave {These(_cutLength)} out.{(hasOthers ? "" : OrOtherEncoding)}");
        }

        if (!_utf8.Unfinished.IsEmpty)
        {
            var unfinished = _utf8.Unfinished;
            throw new DatasetException(
                DatasetProblem.InvalidUtf8,
                FormattableString.Invariant($"The text is cut inside its last character, at offset {_length - unfinished.Length}: ")
                + $"its last {Bytes(unfinished.Length)} ({Hex(unfinished)}) {(unfinished.Length == 1 ? "begins" : "begin")} a character of "
                + FormattableString.Invariant($"{CharacterLength(unfinished[0])} bytes. Get the file again, or leave {These(unfinished.Length)} out.")
                + (hasOthers || unfinished.Length > 1 ? "" : OrOtherEncoding));
        }
    }

    private const string OrOtherEncoding = " If it was not cut, it is in another encoding, such as Windows-1252: convert it from that one to UTF-8.";

    private static string Bytes(int count) => count == 1 ? "byte" : string.Create(CultureInfo.InvariantCulture, $"{count} bytes");

    private static string These(int count) => count == 1 ? "that byte" : "those bytes";

    private static string Hex(ReadOnlySpan<byte> bytes)
    {
        List<string> words = [];
        foreach (var value in bytes)
        {
            words.Add(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return string.Join(' ', words);
    }

    private static int CharacterLength(byte first) => first switch
    {
        >= 0xF0 => 4,
        >= 0xE0 => 3,
        _ => 2,
    };

    private DatasetException NotUtf8(long at, byte? value, ReadOnlySpan<byte> before, ReadOnlySpan<byte> piece)
    {
        if (WideUnits() is { } wide)
        {
            return wide;
        }

        var shown = value is { } given ? FormattableString.Invariant($" (0x{given:X2})") : "";
        return new(
            DatasetProblem.InvalidUtf8,
            FormattableString.Invariant($"The text is not UTF-8: the bytes at offset {at}{shown} are not a character. {Advice(before, piece)}"));
    }

    // Names an encoding only where the bytes could be in it: a wrong conversion makes wrong characters that nobody notices.
    private string Advice(ReadOnlySpan<byte> before, ReadOnlySpan<byte> piece)
    {
        if (Alternation() is { } alternation)
        {
            return alternation;
        }

        var nuls = _bytes.CountOf(0, 0);
        if (nuls > 0 || Controls > MostControls * _length)
        {
            return FormattableString.Invariant($"It holds {nuls:N0} NUL bytes and {Controls:N0} control characters up to there: it is not text. ")
                + "If it holds token ids, choose their format.";
        }

        var (sound, unsound) = Characters(piece);
        if (before.ContainsAnyInRange((byte)0x80, (byte)0xFF) || _bytes.CountOf(0x80, 0xFF) > CountHigh(piece) || sound > unsound)
        {
            return "Other characters of it are UTF-8: the file is damaged at that place, or joins texts of two encodings. Repair that place.";
        }

        if (CountHigh(piece) > 0.3 * piece.Length)
        {
            return "It is in another encoding, such as Windows-1251, KOI8-R, Shift JIS or GBK: convert it from the one it was written in "
                + "(iconv -f ENCODING -t UTF-8).";
        }

        return piece.ContainsAnyInRange((byte)0x80, (byte)0x9F)
            ? "It is in another encoding, perhaps Windows-1252: convert it from the one it was written in (iconv -f WINDOWS-1252 -t UTF-8)."
            : "It is in another encoding, perhaps ISO-8859-1: convert it from the one it was written in (iconv -f ISO-8859-1 -t UTF-8).";
    }

    // Bytes at odd and even places that are of two kinds: units of 16 bits. Null for a text.
    private string? Alternation()
    {
        var (low, high) = (_bytes.Concentration(0, 2), _bytes.Concentration(1, 3));
        return _length >= 64 && Math.Max(low, high) > 2.5 * Math.Min(low, high)
            ? $"Its bytes alternate between two kinds: it looks like UTF-16{(high > low ? "LE" : "BE")} text without a byte order mark, "
                + "text of two-byte characters (Shift JIS, EUC, GBK: iconv -f ENCODING -t UTF-8), or 16-bit token ids."
            : null;
    }

    private static int CountHigh(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes)
        {
            count += value >= 0x80 ? 1 : 0;
        }

        return count;
    }

    // Characters of several bytes that are UTF-8, and bytes that are not.
    private static (int Sound, int Unsound) Characters(ReadOnlySpan<byte> bytes)
    {
        var (sound, unsound) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var status = System.Text.Rune.DecodeFromUtf8(bytes, out _, out var consumed);
            if (status != System.Buffers.OperationStatus.Done)
            {
                unsound++;
            }
            else if (consumed > 1)
            {
                sound++;
            }

            bytes = bytes[Math.Max(1, consumed)..];
        }

        return (sound, unsound);
    }
}
