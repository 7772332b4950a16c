using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // What many elements come to. A dimension may count from the end; keepdim leaves it in place with length 1.
    public partial class Tensor
    {
        private static readonly Operator s_sum = new("sum");
        private static readonly Operator s_sumDims = new("sum", "dim_IntList");
        private static readonly Operator s_mean = new("mean");
        private static readonly Operator s_meanDims = new("mean", "dim");
        private static readonly Operator s_var = new("var");
        private static readonly Operator s_varDims = new("var", "dim");
        private static readonly Operator s_std = new("std");
        private static readonly Operator s_stdDims = new("std", "dim");
        private static readonly Operator s_prod = new("prod");
        private static readonly Operator s_norm = new("norm", "ScalarOpt_dim");
        private static readonly Operator s_max = new("max");
        private static readonly Operator s_maxDim = new("max", "dim");
        private static readonly Operator s_min = new("min");
        private static readonly Operator s_minDim = new("min", "dim");
        private static readonly Operator s_amax = new("amax");
        private static readonly Operator s_amin = new("amin");
        private static readonly Operator s_argmax = new("argmax");
        private static readonly Operator s_argmin = new("argmin");
        private static readonly Operator s_logsumexp = new("logsumexp");
        private static readonly Operator s_all = new("all");
        private static readonly Operator s_allDim = new("all", "dim");
        private static readonly Operator s_any = new("any");
        private static readonly Operator s_anyDim = new("any", "dim");
        private static readonly Operator s_cumsum = new("cumsum");
        private static readonly Operator s_sort = new("sort");
        private static readonly Operator s_topk = new("topk");
        private static readonly Operator s_quantile = new("quantile");

        /// <summary>Sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => s_sum.Call(this, type);

        /// <summary>Sum along dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => s_sumDims.Call(this, dim, keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        /// <summary>Mean of all elements; NaN of none.</summary>
        public Tensor mean() => s_mean.Call(this);

        /// <summary>Mean along dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => s_meanDims.Call(this, dimensions, keepdim, type);

        /// <summary>Variance of all elements, divided by n − 1 if unbiased, else by n.</summary>
        public Tensor var(bool unbiased = true) => s_var.Call(this, unbiased);

        /// <summary>Variance along dimensions, divided by n − 1 if unbiased, else by n.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            s_varDims.Call(Typed(type), dimensions, unbiased, keepdim);

        /// <inheritdoc cref="var(long[], bool, bool, ScalarType?)"/>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        /// <summary>Standard deviation of all elements, divided by n − 1 if unbiased, else by n.</summary>
        public Tensor std(bool unbiased = true) => s_std.Call(this, unbiased);

        /// <summary>Standard deviation along dimensions, divided by n − 1 if unbiased, else by n.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            s_stdDims.Call(Typed(type), dimensions, unbiased, keepdim);

        /// <inheritdoc cref="std(long[], bool, bool, ScalarType?)"/>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        /// <summary>Product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => s_prod.Call(this, type);

        /// <summary>(Σ|x|ᵖ)^(1/p) of all elements.</summary>
        public Tensor norm(float p = 2.0f) => s_norm.Call(this, p, Array.Empty<long>(), false);

        /// <summary>(Σ|x|ᵖ)^(1/p) along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => s_norm.Call(this, p, new long[] { dim }, keepdim);

        /// <summary>The greatest element; NaN if any is.</summary>
        public Tensor max() => s_max.Call(this);

        /// <inheritdoc cref="maximum"/>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The greatest along a dimension, and where it is.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Pair(s_maxDim.CallMany(this, dim, keepdim));

        /// <summary>The least element; NaN if any is.</summary>
        public Tensor min() => s_min.Call(this);

        /// <inheritdoc cref="minimum"/>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>The least along a dimension, and where it is.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Pair(s_minDim.CallMany(this, dim, keepdim));

        /// <summary>The greatest along dimensions.</summary>
        public Tensor amax(params long[] dims) => s_amax.Call(this, dims);

        /// <summary>The least along dimensions.</summary>
        public Tensor amin(params long[] dims) => s_amin.Call(this, dims);

        /// <summary>Where the greatest of all elements is, as a place in their order.</summary>
        public Tensor argmax() => s_argmax.Call(this);

        /// <summary>Where the greatest along a dimension is.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => s_argmax.Call(this, dim, keepdim);

        /// <summary>Where the least of all elements is, as a place in their order.</summary>
        public Tensor argmin() => s_argmin.Call(this);

        /// <summary>Where the least along a dimension is.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => s_argmin.Call(this, dim, keepdim);

        /// <summary>log Σeˣ along a dimension, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => s_logsumexp.Call(this, new[] { dim }, keepdim);

        /// <summary>Whether all hold.</summary>
        public Tensor all() => s_all.Call(this);

        /// <summary>Whether all along a dimension hold.</summary>
        public Tensor all(long dim, bool keepdim = false) => s_allDim.Call(this, dim, keepdim);

        /// <summary>Whether any holds.</summary>
        public Tensor any() => s_any.Call(this);

        /// <summary>Whether any along a dimension holds.</summary>
        public Tensor any(long dim, bool keepdim = false) => s_anyDim.Call(this, dim, keepdim);

        /// <summary>Sum of each element and those before it along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => s_cumsum.Call(this, dim, type);

        /// <summary>In order along a dimension, and where each came from.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Pair(s_sort.CallMany(this, dim, descending));

        /// <summary>The k greatest (or least) along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Pair(s_topk.CallMany(this, k, dim, largest, sorted));

        /// <summary>The values below which the fractions <paramref name="q"/> of the elements along a dimension lie.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => s_quantile.Call(this, q, dim, keepdim);

        private static (Tensor First, Tensor Second) Pair(Tensor[] both) => (both[0], both[1]);

        private Tensor Typed(ScalarType? type) => type is null ? this : to_type(type.Value);
    }
}
