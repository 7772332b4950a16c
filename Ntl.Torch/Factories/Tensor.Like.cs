using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // New tensors in the shape of this one, and of its type and on its device unless told.
    public partial class Tensor
    {
        private static readonly Operator s_emptyLike = new("empty_like");
        private static readonly Operator s_zerosLike = new("zeros_like");
        private static readonly Operator s_onesLike = new("ones_like");
        private static readonly Operator s_fullLike = new("full_like");
        private static readonly Operator s_randLike = new("rand_like");
        private static readonly Operator s_randnLike = new("randn_like");

        /// <inheritdoc cref="empty(long[], ScalarType?, Device?, bool)"/>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Leaf(s_emptyLike.Call(this, dtype, default, device), requires_grad);

        /// <inheritdoc cref="zeros(long[], ScalarType?, Device?, bool)"/>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Leaf(s_zerosLike.Call(this, dtype, default, device), requires_grad);

        /// <inheritdoc cref="ones(long[], ScalarType?, Device?, bool)"/>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Leaf(s_onesLike.Call(this, dtype, default, device), requires_grad);

        /// <inheritdoc cref="full(long[], Scalar, ScalarType?, Device?, bool)"/>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Leaf(s_fullLike.Call(this, value, dtype, default, device), requires_grad);

        /// <inheritdoc cref="rand(long[], ScalarType?, Device?, bool, Generator?)"/>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Leaf(s_randLike.Call(this, dtype, default, device), requires_grad);

        /// <inheritdoc cref="randn(long[], ScalarType?, Device?, bool, Generator?)"/>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Leaf(s_randnLike.Call(this, dtype, default, device), requires_grad);
    }
}
