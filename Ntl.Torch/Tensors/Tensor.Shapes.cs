using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // The same elements in another shape, order or number. A dimension may count from the end.
    public partial class Tensor
    {
        private static readonly Operator s_view = new("view");
        private static readonly Operator s_reshape = new("reshape");
        private static readonly Operator s_flatten = new("flatten", "using_ints");
        private static readonly Operator s_transpose = new("transpose", "int");
        private static readonly Operator s_t = new("t");
        private static readonly Operator s_permute = new("permute");
        private static readonly Operator s_contiguous = new("contiguous");
        private static readonly Operator s_squeeze = new("squeeze");
        private static readonly Operator s_squeezeDim = new("squeeze", "dim");
        private static readonly Operator s_unsqueeze = new("unsqueeze");
        private static readonly Operator s_expand = new("expand");
        private static readonly Operator s_repeat = new("repeat");
        private static readonly Operator s_asStrided = new("as_strided");
        private static readonly Operator s_narrow = new("narrow");
        private static readonly Operator s_select = new("select", "int");
        private static readonly Operator s_slice = new("slice", "Tensor");
        private static readonly Operator s_chunk = new("chunk");
        private static readonly Operator s_split = new("split", "Tensor");
        private static readonly Operator s_splitSizes = new("split_with_sizes");
        private static readonly Operator s_unbind = new("unbind", "int");
        private static readonly Operator s_tril = new("tril");
        private static readonly Operator s_trilInPlace = new("tril_");
        private static readonly Operator s_triu = new("triu");
        private static readonly Operator s_diag = new("diag");
        private static readonly Operator s_diagonal = new("diagonal");
        private static readonly Operator s_flip = new("flip");
        private static readonly Operator s_roll = new("roll");

        /// <summary>Another shape over the same memory; one length may be −1.</summary>
        public Tensor view(params long[] shape) => s_view.Call(this, shape);

        /// <summary>The shape of another tensor over the same memory.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>Another shape, over the same memory where that can be; one length may be −1.</summary>
        public Tensor reshape(params long[] shape) => s_reshape.Call(this, shape);

        /// <summary>Dimensions joined into one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => s_flatten.Call(this, start_dim, end_dim);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => s_transpose.Call(this, dim0, dim1);

        /// <summary>A matrix transposed.</summary>
        public Tensor t() => s_t.Call(this);

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>Dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => s_permute.Call(this, permutation);

        /// <summary>The same tensor if its elements lie in order without gaps, else a copy of which that is true.</summary>
        public Tensor contiguous() => s_contiguous.Call(this);

        /// <summary>Without dimensions of length 1, or without that one.</summary>
        public Tensor squeeze(long? dim = null) => dim is null ? s_squeeze.Call(this) : s_squeezeDim.Call(this, dim);

        /// <summary>With one more dimension, of length 1.</summary>
        public Tensor unsqueeze(long dim) => s_unsqueeze.Call(this, dim);

        /// <summary>Dimensions of length 1 seen as longer, without a copy; −1 leaves one as it is.</summary>
        public Tensor expand(params long[] sizes) => s_expand.Call(this, sizes);

        /// <summary>In the shape of another tensor, as <see cref="expand"/> does it.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <inheritdoc cref="expand"/>
        public Tensor broadcast_to(params long[] shape) => expand(shape);

        /// <summary>Repeated along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => s_repeat.Call(this, sizes);

        /// <summary>Any arrangement of the storage.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) => s_asStrided.Call(this, size, strides, storageOffset);

        /// <summary>A range of one dimension, over the same memory.</summary>
        public Tensor narrow(long dim, long start, long length) => s_narrow.Call(this, dim, start, length);

        /// <summary>One index of one dimension, over the same memory; the dimension goes.</summary>
        public Tensor select(long dim, long index) => s_select.Call(this, dim, index);

        /// <summary>Every step-th index of a range of one dimension, over the same memory.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => s_slice.Call(this, dim, start, finish, step);

        /// <summary>That many parts of equal length (the last may be shorter).</summary>
        public Tensor[] chunk(long chunks, long dim = 0L) => s_chunk.CallMany(this, chunks, dim);

        /// <summary>Parts of that length (the last may be shorter).</summary>
        public Tensor[] split(long size, int dim = 0) => s_split.CallMany(this, size, dim);

        /// <summary>Parts of those lengths.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => s_splitSizes.CallMany(this, sizes, dim);

        /// <summary>One tensor for each index of a dimension.</summary>
        public Tensor[] unbind(long dimension = 0L) => s_unbind.CallMany(this, dimension);

        /// <summary>Zero above a diagonal.</summary>
        public Tensor tril(long diagonal = 0) => s_tril.Call(this, diagonal);

        /// <inheritdoc cref="tril"/>
        public Tensor tril_(long diagonal = 0) => InPlace(s_trilInPlace, diagonal);

        /// <summary>Zero below a diagonal.</summary>
        public Tensor triu(long diagonal = 0) => s_triu.Call(this, diagonal);

        /// <summary>The diagonal of a matrix, or the matrix of a diagonal.</summary>
        public Tensor diag(long diagonal = 0) => s_diag.Call(this, diagonal);

        /// <summary>The diagonal of two dimensions, over the same memory.</summary>
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => s_diagonal.Call(this, offset, dim1, dim2);

        /// <summary>Dimensions in reverse order of their indices.</summary>
        public Tensor flip(params long[] dims) => s_flip.Call(this, dims);

        /// <summary>Shifted along dimensions; what leaves at one end comes in at the other.</summary>
        public Tensor roll(long[] shifts, long[] dims) => s_roll.Call(this, shifts, dims);
    }
}
