namespace TorchSharp;

public static partial class torch
{
    /// <summary>What the elements of a tensor are; the numbers are libtorch's.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>8 bits, unsigned.</summary>
        Byte = 0,

        /// <summary>8 bits, signed.</summary>
        Int8 = 1,

        /// <summary>16 bits, signed.</summary>
        Int16 = 2,

        /// <summary>32 bits, signed.</summary>
        Int32 = 3,

        /// <summary>64 bits, signed; what indices and targets are.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>True or false, a byte.</summary>
        Bool = 11,

        /// <summary>The upper half of single precision: 8 bits of exponent, 7 of fraction.</summary>
        BFloat16 = 15,
    }

    /// <inheritdoc cref="ScalarType.Bool"/>
    public static readonly ScalarType @bool = ScalarType.Bool;

    /// <inheritdoc cref="ScalarType.Byte"/>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <inheritdoc cref="ScalarType.Int8"/>
    public static readonly ScalarType int8 = ScalarType.Int8;

    /// <inheritdoc cref="ScalarType.Int16"/>
    public static readonly ScalarType int16 = ScalarType.Int16;

    /// <inheritdoc cref="ScalarType.Int32"/>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <inheritdoc cref="ScalarType.Int64"/>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <inheritdoc cref="ScalarType.BFloat16"/>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <inheritdoc cref="ScalarType.Float16"/>
    public static readonly ScalarType float16 = ScalarType.Float16;

    /// <inheritdoc cref="ScalarType.Float32"/>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <inheritdoc cref="ScalarType.Float64"/>
    public static readonly ScalarType float64 = ScalarType.Float64;

    private static ScalarType s_defaultType = ScalarType.Float32;

    /// <summary>What floating-point tensors are made of where nobody says.</summary>
    public static ScalarType get_default_dtype() => s_defaultType;

    /// <inheritdoc cref="get_default_dtype"/>
    public static void set_default_dtype(ScalarType dtype) => s_defaultType = dtype;

    /// <summary>Whether elements of this type are floating-point numbers.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether elements of this type are whole numbers; truth values count.</summary>
    public static bool is_integral(ScalarType type) => !is_floating_point(type);

    /// <summary>The element type that holds a .NET type.</summary>
    /// <exception cref="NotSupportedException">No element type does.</exception>
    internal static ScalarType ToScalarType(Type type) =>
        type == typeof(float) ? ScalarType.Float32
        : type == typeof(double) ? ScalarType.Float64
        : type == typeof(long) ? ScalarType.Int64
        : type == typeof(int) ? ScalarType.Int32
        : type == typeof(short) ? ScalarType.Int16
        : type == typeof(sbyte) ? ScalarType.Int8
        : type == typeof(byte) ? ScalarType.Byte
        : type == typeof(bool) ? ScalarType.Bool
        : type == typeof(BFloat16) ? ScalarType.BFloat16
        : type == typeof(Half) ? ScalarType.Float16
        : throw new NotSupportedException($"The type {type.FullName} is no element type of a tensor.");
}
