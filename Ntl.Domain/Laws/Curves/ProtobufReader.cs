using System.Buffers.Binary;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Walks the fields of one protobuf message. Only what event files are made of: varints, fixed 32 and 64 bits, and lengths of bytes.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _left = message;

    /// <summary>Number of the field read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its content where it is a varint.</summary>
    public ulong Varint { get; private set; }

    /// <summary>Its content where it is bytes: a text, a message, packed numbers; of a fixed number its 4 or 8 bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>How it is written.</summary>
    public WireType Wire { get; private set; }

    public enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the message's end.</returns>
    /// <exception cref="CurveFileException">The bytes are no message.</exception>
    public bool Next()
    {
        if (_left.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        if (tag >> 3 is 0 or > int.MaxValue)
        {
            throw Broken();
        }

        (Field, Wire) = ((int)(tag >> 3), (WireType)(tag & 7));
        switch (Wire)
        {
            case WireType.Varint:
                Varint = ReadVarint();
                break;
            case WireType.Fixed64:
                Bytes = Take(sizeof(ulong));
                break;
            case WireType.Fixed32:
                Bytes = Take(sizeof(uint));
                break;
            case WireType.Bytes:
                Bytes = Take(ReadVarint());
                break;
            default:
                throw Broken();
        }

        return true;
    }

    /// <summary>Reads the next number of a packed field.</summary>
    /// <returns>False at its end.</returns>
    /// <exception cref="CurveFileException">The bytes are no numbers.</exception>
    public bool NextVarint()
    {
        if (_left.IsEmpty)
        {
            return false;
        }

        Varint = ReadVarint();
        return true;
    }

    /// <summary>A fixed number of 32 bits as a float.</summary>
    public readonly float Single => Wire == WireType.Fixed32 ? BinaryPrimitives.ReadSingleLittleEndian(Bytes) : throw Broken();

    /// <summary>A fixed number of 64 bits as a double.</summary>
    public readonly double Double => Wire == WireType.Fixed64 ? BinaryPrimitives.ReadDoubleLittleEndian(Bytes) : throw Broken();

    /// <summary>The bytes of a text, a message or packed numbers.</summary>
    public readonly ReadOnlySpan<byte> Content => Wire == WireType.Bytes ? Bytes : throw Broken();

    private static CurveFileException Broken() => new("A record of the event file is not an event.");

    private ulong ReadVarint()
    {
        const int MostBytes = 10;
        var value = 0ul;
        for (var i = 0; i < MostBytes && i < _left.Length; i++)
        {
            value |= (ulong)(_left[i] & 0x7f) << (7 * i);
            if (_left[i] < 0x80)
            {
                _left = _left[(i + 1)..];
                return value;
            }
        }

        throw Broken();
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_left.Length)
        {
            throw Broken();
        }

        var taken = _left[..(int)length];
        _left = _left[(int)length..];
        return taken;
    }
}
