using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // New tensors of a given shape. Without a type they are of the default one, without a device on the CPU.
    private static readonly Operator s_empty = new("empty", "memory_format");
    private static readonly Operator s_zeros = new("zeros");
    private static readonly Operator s_ones = new("ones");
    private static readonly Operator s_full = new("full");
    private static readonly Operator s_rand = new("rand", "generator");
    private static readonly Operator s_randn = new("randn", "generator");

    /// <summary>Elements as the memory happens to hold them.</summary>
    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(s_empty.Call(size, dtype ?? s_defaultType, default, device ?? CPU), requires_grad);

    /// <inheritdoc cref="empty(long[], ScalarType?, Device?, bool)"/>
    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([size], dtype, device, requires_grad);

    /// <inheritdoc cref="empty(long[], ScalarType?, Device?, bool)"/>
    public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([rows, columns], dtype, device, requires_grad);

    /// <inheritdoc cref="empty(long[], ScalarType?, Device?, bool)"/>
    public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([dim0, dim1, dim2], dtype, device, requires_grad);

    /// <inheritdoc cref="empty(long[], ScalarType?, Device?, bool)"/>
    public static Tensor empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>Zeros.</summary>
    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(s_zeros.Call(size, dtype ?? s_defaultType, default, device ?? CPU), requires_grad);

    /// <inheritdoc cref="zeros(long[], ScalarType?, Device?, bool)"/>
    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([size], dtype, device, requires_grad);

    /// <inheritdoc cref="zeros(long[], ScalarType?, Device?, bool)"/>
    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([rows, columns], dtype, device, requires_grad);

    /// <inheritdoc cref="zeros(long[], ScalarType?, Device?, bool)"/>
    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([dim0, dim1, dim2], dtype, device, requires_grad);

    /// <inheritdoc cref="zeros(long[], ScalarType?, Device?, bool)"/>
    public static Tensor zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>Ones.</summary>
    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(s_ones.Call(size, dtype ?? s_defaultType, default, device ?? CPU), requires_grad);

    /// <inheritdoc cref="ones(long[], ScalarType?, Device?, bool)"/>
    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([size], dtype, device, requires_grad);

    /// <inheritdoc cref="ones(long[], ScalarType?, Device?, bool)"/>
    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([rows, columns], dtype, device, requires_grad);

    /// <inheritdoc cref="ones(long[], ScalarType?, Device?, bool)"/>
    public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([dim0, dim1, dim2], dtype, device, requires_grad);

    /// <inheritdoc cref="ones(long[], ScalarType?, Device?, bool)"/>
    public static Tensor ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>Draws from [0, 1).</summary>
    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Leaf(s_rand.Call(size, generator, dtype ?? s_defaultType, default, device ?? CPU), requires_grad);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand([size], dtype, device, requires_grad, generator);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand([rows, columns], dtype, device, requires_grad, generator);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand([dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <inheritdoc cref="rand(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor rand(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand([dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Leaf(s_randn.Call(size, generator, dtype ?? s_defaultType, default, device ?? CPU), requires_grad);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn([size], dtype, device, requires_grad, generator);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn([rows, columns], dtype, device, requires_grad, generator);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn([dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <inheritdoc cref="randn(long[], ScalarType?, Device?, bool, Generator?)"/>
    public static Tensor randn(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn([dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>One value everywhere; without a type, of the value's kind.</summary>
    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(s_full.Call(size, value, dtype ?? KindOf(value), default, device ?? CPU), requires_grad);

    /// <inheritdoc cref="full(long[], Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([size], value, dtype, device, requires_grad);

    /// <inheritdoc cref="full(long[], Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([rows, columns], value, dtype, device, requires_grad);

    /// <inheritdoc cref="full(long[], Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([dim0, dim1, dim2], value, dtype, device, requires_grad);

    /// <inheritdoc cref="full(long[], Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([dim0, dim1, dim2, dim3], value, dtype, device, requires_grad);

    private static ScalarType KindOf(Scalar value) =>
        value.Type == ScalarType.Bool ? ScalarType.Bool : torch.is_floating_point(value.Type) ? s_defaultType : ScalarType.Int64;

    private static Tensor Leaf(Tensor tensor, bool requires_grad) => requires_grad ? tensor.requires_grad_() : tensor;
}
