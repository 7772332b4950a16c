namespace TorchSharp;

/// <summary>The upper half of a single-precision number: the same range, 8 significant bits.</summary>
public readonly struct BFloat16 : IEquatable<BFloat16>
{
    private readonly ushort _bits;

    /// <summary>Rounds to the nearest, ties to even; NaN stays NaN.</summary>
    public BFloat16(float value)
    {
        const uint QuietNaN = 0x7FC0;
        const uint HalfUnit = 0x7FFF;
        var bits = BitConverter.SingleToUInt32Bits(value);
        _bits = (ushort)(float.IsNaN(value) ? QuietNaN : (bits + HalfUnit + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>Widens, exactly.</summary>
    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)_bits << 16);

    /// <inheritdoc cref="BFloat16(float)"/>
    public static explicit operator BFloat16(float value) => new(value);

    /// <inheritdoc cref="BFloat16(float)"/>
    public static explicit operator BFloat16(double value) => new((float)value);

    /// <inheritdoc cref="ToSingle"/>
    public static explicit operator float(BFloat16 value) => value.ToSingle();

    /// <inheritdoc cref="ToSingle"/>
    public static explicit operator double(BFloat16 value) => value.ToSingle();

    /// <summary>Equality of the numbers.</summary>
    public static bool operator ==(BFloat16 left, BFloat16 right) => left.ToSingle().Equals(right.ToSingle());

    /// <summary>Inequality of the numbers.</summary>
    public static bool operator !=(BFloat16 left, BFloat16 right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToSingle().GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => ToSingle().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
