using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Reading and writing by index.
    public partial class Tensor
    {
        private static readonly Operator s_index = new("index", "Tensor");
        private static readonly Operator s_indexPut = new("index_put_");
        private static readonly Operator s_indexSelect = new("index_select");
        private static readonly Operator s_indexAdd = new("index_add_");
        private static readonly Operator s_gather = new("gather");
        private static readonly Operator s_scatter = new("scatter", "src");
        private static readonly Operator s_scatterInPlace = new("scatter_", "src");
        private static readonly Operator s_scatterAdd = new("scatter_add_");
        private static readonly Operator s_maskedSelect = new("masked_select");
        private static readonly Operator s_nonzero = new("nonzero");

        /// <summary>The elements that the indices choose, one index for each dimension from the first on.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, TensorIndex.Single(i1));
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(TensorIndex.Single(i1), TensorIndex.Single(i2));
            set => index_put_(value, TensorIndex.Single(i1), TensorIndex.Single(i2));
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index(params TensorIndex[] indices)
        {
            var (viewed, chosen) = View(indices);
            if (chosen is null)
            {
                return viewed;
            }

            using (viewed)
            {
                return s_index.Call(viewed, chosen);
            }
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index(params Tensor[] indices) => s_index.Call(this, indices);

        /// <summary>Writes where the indices choose.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (viewed, chosen) = View(indices);
            using (viewed)
            {
                if (chosen is null)
                {
                    s_copy.Run(viewed, value);
                }
                else
                {
                    s_indexPut.Run(viewed, chosen, value);
                }
            }

            return this;
        }

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Writes, or adds, where the indices choose.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            s_indexPut.Run(this, indices, value, accumulate);
            return this;
        }

        /// <summary>Those indices of one dimension, in that order.</summary>
        /// <remarks>Rows of a matrix go through the embedding operator: the same function, whose derivative is several times faster on the CPU.</remarks>
        public Tensor index_select(long dim, Tensor index) =>
            dim == 0 && Dimensions == 2 && index.Dimensions == 1 ? nn.functional.embedding(index, this) : s_indexSelect.Call(this, dim, index);

        /// <summary>Adds alpha·source at those indices of one dimension.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            s_indexAdd.Run(this, dim, index, source, alpha);
            return this;
        }

        /// <summary>For each place of <paramref name="index"/>, the element whose index along one dimension stands there.</summary>
        public Tensor gather(long dim, Tensor index) => s_gather.Call(this, dim, index);

        /// <summary>The reverse of <see cref="gather"/>: writes <paramref name="src"/> at the indices.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => s_scatter.Call(this, dim, index, src);

        /// <inheritdoc cref="scatter"/>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace(s_scatterInPlace, dim, index, src);

        /// <summary>The reverse of <see cref="gather"/>: adds <paramref name="src"/> at the indices.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace(s_scatterAdd, dim, index, src);

        /// <summary>The elements where the mask holds, in order.</summary>
        public Tensor masked_select(Tensor mask) => s_maskedSelect.Call(this, mask);

        /// <summary>The indices of the elements that are not zero, a row each.</summary>
        public Tensor nonzero() => s_nonzero.Call(this);

        /// <summary>
        /// What single indices, ranges and new dimensions leave of the tensor, over the same memory; and, dimension by dimension of that,
        /// the tensors that choose from it, null if there are none.
        /// </summary>
        private (Tensor Viewed, Tensor?[]? Chosen) View(TensorIndex[] indices)
        {
            var consumed = indices.Count(index => index.Consumes);
            var viewed = alias();
            Tensor?[] chosen = new Tensor?[Dimensions + indices.Length];
            var dimension = 0;
            var chooses = false;
            foreach (var index in indices)
            {
                if (index.IsEllipsis)
                {
                    // Stands for as many whole dimensions as the other indices leave over.
                    dimension += (int)Dimensions - consumed;
                    continue;
                }

                if (index.Chosen is { } tensor)
                {
                    chosen[dimension++] = tensor;
                    chooses = true;
                    continue;
                }

                var before = viewed;
                viewed = index.Apply(before, ref dimension);
                if (!ReferenceEquals(before, viewed))
                {
                    before.Dispose();
                }
            }

            return (viewed, chooses ? chosen[..(int)viewed.Dimensions] : null);
        }
    }
}
