using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Ntl.Training.Data;

/// <summary>Finds the first byte that is not UTF-8, in a text that comes in pieces.</summary>
internal sealed class Utf8Checker
{
    private const int LongestSequence = 4;

    private readonly byte[] _carry = new byte[LongestSequence]; // a sequence cut by the end of a piece
    private int _carried;
    private long _offset; // of the carry's first byte in the text

    /// <summary>Bytes of a character that the text so far ends in the middle of.</summary>
    public ReadOnlySpan<byte> Unfinished => _carry.AsSpan(0, _carried);

    /// <summary>Checks the next piece.</summary>
    /// <returns>Offset in the text of the first byte of a wrong sequence; null while there is none.</returns>
    public long? Next(ReadOnlySpan<byte> piece)
    {
        while (_carried > 0 && piece.Length > 0)
        {
            _carry[_carried++] = piece[0];
            piece = piece[1..];
            var status = Rune.DecodeFromUtf8(_carry.AsSpan(0, _carried), out _, out var consumed);
            if (status == OperationStatus.InvalidData)
            {
                return _offset;
            }

            if (status == OperationStatus.Done)
            {
                _offset += consumed;
                _carried = 0;
            }
        }

        var whole = piece.Length - CutSequenceLength(piece);
        if (!Utf8.IsValid(piece[..whole]))
        {
            return _offset + FirstWrong(piece);
        }

        _offset += whole;
        if (_carried == 0)
        {
            piece[whole..].CopyTo(_carry);
            _carried = piece.Length - whole;
        }

        return null;
    }

    /// <summary>Checks that the text does not end within a character.</summary>
    /// <returns>Offset of the cut character; null when there is none.</returns>
    public long? End() => _carried > 0 ? _offset : null;

    // Length of a last sequence that is sound so far but needs more bytes.
    private static int CutSequenceLength(ReadOnlySpan<byte> piece)
    {
        for (var length = 1; length < LongestSequence && length <= piece.Length; length++)
        {
            var tail = piece[^length..];
            if ((tail[0] & 0xC0) != 0x80)
            {
                return Rune.DecodeFromUtf8(tail, out _, out _) == OperationStatus.NeedMoreData ? length : 0;
            }
        }

        return 0;
    }

    private static int FirstWrong(ReadOnlySpan<byte> piece)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(piece[position..], out _, out var consumed) == OperationStatus.Done)
        {
            position += consumed;
        }

        return position;
    }
}
