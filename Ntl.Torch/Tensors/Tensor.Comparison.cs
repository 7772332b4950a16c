using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Comparison and logic, elementwise and broadcast; the results are truth values.
    public partial class Tensor
    {
        private static readonly Operator s_eqTensor = new("eq", "Tensor");
        private static readonly Operator s_eqScalar = new("eq", "Scalar");
        private static readonly Operator s_neTensor = new("ne", "Tensor");
        private static readonly Operator s_neScalar = new("ne", "Scalar");
        private static readonly Operator s_ltTensor = new("lt", "Tensor");
        private static readonly Operator s_ltScalar = new("lt", "Scalar");
        private static readonly Operator s_leTensor = new("le", "Tensor");
        private static readonly Operator s_leScalar = new("le", "Scalar");
        private static readonly Operator s_gtTensor = new("gt", "Tensor");
        private static readonly Operator s_gtScalar = new("gt", "Scalar");
        private static readonly Operator s_geTensor = new("ge", "Tensor");
        private static readonly Operator s_geScalar = new("ge", "Scalar");
        private static readonly Operator s_bitwiseAnd = new("bitwise_and", "Tensor");
        private static readonly Operator s_bitwiseOr = new("bitwise_or", "Tensor");
        private static readonly Operator s_logicalAnd = new("logical_and");
        private static readonly Operator s_logicalOr = new("logical_or");
        private static readonly Operator s_allclose = new("allclose");
        private static readonly Operator s_isclose = new("isclose");
        private static readonly Operator s_where = new("where", "self");

        /// <summary>Where both are equal.</summary>
        public Tensor eq(Tensor target) => s_eqTensor.Call(this, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        public Tensor eq(Scalar target) => s_eqScalar.Call(this, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Where both differ.</summary>
        public Tensor ne(Tensor target) => s_neTensor.Call(this, target);

        /// <inheritdoc cref="ne(Tensor)"/>
        public Tensor ne(Scalar target) => s_neScalar.Call(this, target);

        /// <summary>Where x &lt; y.</summary>
        public Tensor lt(Tensor target) => s_ltTensor.Call(this, target);

        /// <inheritdoc cref="lt(Tensor)"/>
        public Tensor lt(Scalar target) => s_ltScalar.Call(this, target);

        /// <summary>Where x ≤ y.</summary>
        public Tensor le(Tensor target) => s_leTensor.Call(this, target);

        /// <inheritdoc cref="le(Tensor)"/>
        public Tensor le(Scalar target) => s_leScalar.Call(this, target);

        /// <summary>Where x &gt; y.</summary>
        public Tensor gt(Tensor target) => s_gtTensor.Call(this, target);

        /// <inheritdoc cref="gt(Tensor)"/>
        public Tensor gt(Scalar target) => s_gtScalar.Call(this, target);

        /// <summary>Where x ≥ y.</summary>
        public Tensor ge(Tensor target) => s_geTensor.Call(this, target);

        /// <inheritdoc cref="ge(Tensor)"/>
        public Tensor ge(Scalar target) => s_geScalar.Call(this, target);

        /// <summary>Both, bit by bit.</summary>
        public Tensor bitwise_and(Tensor other) => s_bitwiseAnd.Call(this, other);

        /// <summary>Either, bit by bit.</summary>
        public Tensor bitwise_or(Tensor other) => s_bitwiseOr.Call(this, other);

        /// <summary>Where both hold.</summary>
        public Tensor logical_and(Tensor other) => s_logicalAnd.Call(this, other);

        /// <summary>Where either holds.</summary>
        public Tensor logical_or(Tensor other) => s_logicalOr.Call(this, other);

        /// <summary>Whether |x − y| ≤ atol + rtol·|y| everywhere.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            s_allclose.Read(this, target, rtol, atol, equal_nan).Integer != 0;

        /// <summary>Where |x − y| ≤ atol + rtol·|y|.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            s_isclose.Call(this, other, rtol, atol, nanEqual);

        /// <summary>x where the condition holds, y elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => s_where.Call(condition, this, y);
    }
}
