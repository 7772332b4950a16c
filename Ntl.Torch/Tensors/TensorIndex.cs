namespace TorchSharp;

public static partial class torch
{
    /// <summary>An index of one dimension: a number, a range, a tensor of numbers or truth values, a new dimension, or an ellipsis.</summary>
    public struct TensorIndex
    {
        /// <summary>As many whole dimensions as the other indices leave over.</summary>
        public static readonly TensorIndex Ellipsis = new() { _kind = Kind.Ellipsis };

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex None = new() { _kind = Kind.New };

        /// <inheritdoc cref="None"/>
        public static readonly TensorIndex Null = new() { _kind = Kind.New };

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        private Kind _kind;
        private long? _start;
        private long? _stop;
        private long? _step;
        private Tensor? _tensor;

        private enum Kind
        {
            New,
            Single,
            Ellipsis,
            Tensor,
            Slice,
        }

        internal readonly bool IsEllipsis => _kind == Kind.Ellipsis;

        /// <summary>The tensor that chooses, if this index is one.</summary>
        internal readonly Tensor? Chosen => _kind == Kind.Tensor ? _tensor : null;

        /// <summary>Whether the index stands for a dimension that is there.</summary>
        internal readonly bool Consumes => _kind is Kind.Single or Kind.Tensor or Kind.Slice;

        /// <summary>Every step-th index from <paramref name="start"/> up to <paramref name="stop"/>, without it.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { _kind = Kind.Slice, _start = start, _stop = stop, _step = step };

        /// <inheritdoc cref="Slice(long?, long?, long?)"/>
        public static TensorIndex Slice(Range range) =>
            Slice(Number(range.Start), range.End.IsFromEnd && range.End.Value == 0 ? null : Number(range.End));

        /// <summary>One index; the dimension goes.</summary>
        public static TensorIndex Single(long? index) => new() { _kind = Kind.Single, _start = index };

        /// <summary>Those indices, or those where it holds.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { _kind = Kind.Tensor, _tensor = tensor };

        /// <summary>One index; the dimension goes.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A range of indices.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One index, perhaps counted from the end; the dimension goes.</summary>
        public static implicit operator TensorIndex(Index index) => Single(Number(index));

        /// <summary>The tensor as this index (not an ellipsis, not a tensor) leaves it; moves on to the next dimension.</summary>
        internal readonly Tensor Apply(Tensor tensor, ref int dimension)
        {
            switch (_kind)
            {
                case Kind.New:
                    return tensor.unsqueeze(dimension++);
                case Kind.Single:
                    return tensor.select(dimension, _start ?? 0);
                case Kind.Slice when _start is null && _stop is null && _step is null:
                    dimension++;
                    return tensor;
                default:
                    return tensor.slice(dimension++, _start ?? 0, _stop ?? long.MaxValue, _step ?? 1);
            }
        }

        private static long Number(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
