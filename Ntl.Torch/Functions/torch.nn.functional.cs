using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What a loss does with its elements; the numbers are libtorch's.</summary>
        public enum Reduction : long
        {
            /// <summary>Keeps each.</summary>
            None = 0,

            /// <summary>Takes their mean.</summary>
            Mean = 1,

            /// <summary>Takes their sum.</summary>
            Sum = 2,
        }

        /// <summary>The functions that modules compute.</summary>
        public static partial class functional
        {
            private static readonly Operator s_linear = new("linear");
            private static readonly Operator s_embedding = new("embedding");
            private static readonly Operator s_layerNorm = new("layer_norm");
            private static readonly Operator s_gelu = new("gelu");
            private static readonly Operator s_dropout = new("dropout");
            private static readonly Operator s_softmax = new("softmax", "int");
            private static readonly Operator s_logSoftmax = new("log_softmax", "int");
            private static readonly Operator s_crossEntropy = new("cross_entropy_loss");
            private static readonly Operator s_attention = new("ntl::attention");
            private static readonly Operator s_oneHot = new("one_hot");

            /// <summary>x·Wᵀ + b: (…, in)·(out, in)ᵀ + (out) → (…, out).</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => s_linear.Call(input, weights, bias);

            /// <summary>The rows of <paramref name="weight"/> (V, C) at the indices (…): (…, C). TorchSharp has it in the module only.</summary>
            internal static Tensor embedding(Tensor input, Tensor weight) => s_embedding.Call(weight, input);

            /// <summary>The last dimensions brought to mean 0 and variance 1 (n in the denominator, eps added), then scaled and shifted.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                s_layerNorm.Call(input, normalized_shape, weight, bias, eps);

            /// <summary>x·Φ(x), by the error function.</summary>
            public static Tensor gelu(Tensor x) => s_gelu.Call(x);

            /// <summary>x·Φ(x), computed as told.</summary>
            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) => s_gelu.Call(x, approximate.ToString());

            /// <summary>Zeroes elements with probability <paramref name="p"/> while training, and scales the others by 1/(1 − p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => s_dropout.Call(input, p, training);

            /// <summary>eˣ/Σeˣ along a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => s_softmax.Call(input, dim, dtype);

            /// <summary>log(eˣ/Σeˣ) along a dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => s_logSoftmax.Call(x, dim);

            /// <summary>
            /// −log softmax(x)[target], nats: logits (N, V) or (N, V, …) with targets (N) or (N, …); targets that equal
            /// <paramref name="ignore_index"/> do not count.
            /// </summary>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                s_crossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>
            /// softmax(q·kᵀ/√d + mask)·v: (…, T, d), (…, S, d), (…, S, d) → (…, T, d). <paramref name="is_casual"/> lets a query see the keys up to
            /// its own place only; <paramref name="p"/> is the probability that a weight is dropped. Differentiable any number of times.
            /// </summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false) =>
                s_attention.Call(query, key, value, attn_mask, p, is_casual);

            /// <summary>Zeros with a one at each index: (…) → (…, classes).</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => s_oneHot.Call(x, num_classes);
        }
    }

    public partial class Tensor
    {
        /// <inheritdoc cref="nn.functional.softmax"/>
        public Tensor softmax(long dim, ScalarType? dtype = null) => nn.functional.softmax(this, dim, dtype);

        /// <summary>log(eˣ/Σeˣ) along a dimension.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => nn.functional.log_softmax(Typed(dtype), dim);

        /// <inheritdoc cref="nn.functional.gelu(Tensor)"/>
        public Tensor gelu() => nn.functional.gelu(this);
    }
}
