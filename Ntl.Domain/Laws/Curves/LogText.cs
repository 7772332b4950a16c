using System.Buffers.Binary;
using System.Text;

namespace Ntl.Domain.Laws.Curves;

/// <summary>The text of a log, whatever it is encoded in.</summary>
internal static class LogText
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads UTF-8 and UTF-16, with or without a byte order mark.</summary>
    /// <exception cref="CurveFileException">The bytes are something else; the message says what.</exception>
    public static string Read(ReadOnlySpan<byte> content)
    {
        if (content is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            return ReadUtf16(content[2..], isBigEndian: content[0] == 0xfe);
        }

        if (LooksLikeUtf16(content) is { } isBigEndian)
        {
            return ReadUtf16(content, isBigEndian);
        }

        try
        {
            var text = s_utf8.GetString(content).TrimStart('\uFEFF');
            return text.Contains('\0', StringComparison.Ordinal) ? throw NoKnownFile() : text;
        }
        catch (DecoderFallbackException exception)
        {
            var (at, value) = (exception.Index, exception.BytesUnknown is [var first, ..] ? first : (byte)0);
            throw content.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || content.Length < 16
                ? NoKnownFile()
                : new CurveFileException(FormattableString.Invariant(
                    $"The text is not UTF-8: byte {at:N0} is 0x{value:x2}, as Windows-1252 and Latin-1 write letters beyond English. Save the file as UTF-8."));
        }
    }

    // Latin letters in UTF-16 are every second byte 0.
    private static bool? LooksLikeUtf16(ReadOnlySpan<byte> content)
    {
        const int Looked = 64;
        var head = content[..(Math.Min(content.Length, Looked) & ~1)];
        if (head.Length < 8)
        {
            return null;
        }

        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i += 2)
        {
            (even, odd) = (even + (head[i] == 0 ? 1 : 0), odd + (head[i + 1] == 0 ? 1 : 0));
        }

        var pairs = head.Length / 2;
        return odd > 0.9 * pairs && even == 0 ? false : even > 0.9 * pairs && odd == 0 ? true : null;
    }

    private static string ReadUtf16(ReadOnlySpan<byte> content, bool isBigEndian)
    {
        if (content.Length % 2 == 1)
        {
            throw new CurveFileException("The file is UTF-16 and ends within a character: it was cut off. Save it anew, best as UTF-8.");
        }

        var text = new char[content.Length / 2];
        for (var i = 0; i < text.Length; i++)
        {
            var pair = content[(2 * i)..];
            text[i] = (char)(isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(pair) : BinaryPrimitives.ReadUInt16LittleEndian(pair));
        }

        return Array.IndexOf(text, '\0') < 0 ? new string(text).TrimStart('\uFEFF') : throw NoKnownFile();
    }

    private static CurveFileException NoKnownFile() => new("The file is neither text nor a TensorBoard event file.");
}
