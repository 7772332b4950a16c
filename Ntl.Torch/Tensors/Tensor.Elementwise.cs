using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Functions of each element alone. A name that ends in an underscore works in place.
    public partial class Tensor
    {
        private static readonly Operator s_abs = new("abs");
        private static readonly Operator s_absInPlace = new("abs_");
        private static readonly Operator s_neg = new("neg");
        private static readonly Operator s_negInPlace = new("neg_");
        private static readonly Operator s_sign = new("sign");
        private static readonly Operator s_signInPlace = new("sign_");
        private static readonly Operator s_exp = new("exp");
        private static readonly Operator s_expInPlace = new("exp_");
        private static readonly Operator s_expm1 = new("expm1");
        private static readonly Operator s_log = new("log");
        private static readonly Operator s_logInPlace = new("log_");
        private static readonly Operator s_log1p = new("log1p");
        private static readonly Operator s_log2 = new("log2");
        private static readonly Operator s_sqrt = new("sqrt");
        private static readonly Operator s_sqrtInPlace = new("sqrt_");
        private static readonly Operator s_rsqrt = new("rsqrt");
        private static readonly Operator s_rsqrtInPlace = new("rsqrt_");
        private static readonly Operator s_reciprocal = new("reciprocal");
        private static readonly Operator s_reciprocalInPlace = new("reciprocal_");
        private static readonly Operator s_sin = new("sin");
        private static readonly Operator s_cos = new("cos");
        private static readonly Operator s_tanh = new("tanh");
        private static readonly Operator s_tanhInPlace = new("tanh_");
        private static readonly Operator s_sigmoid = new("sigmoid");
        private static readonly Operator s_sigmoidInPlace = new("sigmoid_");
        private static readonly Operator s_erf = new("erf");
        private static readonly Operator s_relu = new("relu");
        private static readonly Operator s_reluInPlace = new("relu_");
        private static readonly Operator s_silu = new("silu");
        private static readonly Operator s_floor = new("floor");
        private static readonly Operator s_ceil = new("ceil");
        private static readonly Operator s_trunc = new("trunc");
        private static readonly Operator s_logicalNot = new("logical_not");
        private static readonly Operator s_isnan = new("isnan");
        private static readonly Operator s_isinf = new("isinf");
        private static readonly Operator s_isfinite = new("isfinite");

        /// <summary>Absolute value.</summary>
        public Tensor abs() => s_abs.Call(this);

        /// <inheritdoc cref="abs"/>
        public Tensor abs_() => InPlace(s_absInPlace);

        /// <summary>Negation.</summary>
        public Tensor neg() => s_neg.Call(this);

        /// <inheritdoc cref="neg"/>
        public Tensor neg_() => InPlace(s_negInPlace);

        /// <summary>−1, 0 or 1.</summary>
        public Tensor sign() => s_sign.Call(this);

        /// <inheritdoc cref="sign"/>
        public Tensor sign_() => InPlace(s_signInPlace);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => s_exp.Call(this);

        /// <inheritdoc cref="exp"/>
        public Tensor exp_() => InPlace(s_expInPlace);

        /// <summary>eˣ − 1, exact near zero.</summary>
        public Tensor expm1() => s_expm1.Call(this);

        /// <summary>Natural logarithm.</summary>
        public Tensor log() => s_log.Call(this);

        /// <inheritdoc cref="log"/>
        public Tensor log_() => InPlace(s_logInPlace);

        /// <summary>Logarithm of 1 + x, exact near zero.</summary>
        public Tensor log1p() => s_log1p.Call(this);

        /// <summary>Logarithm to the base 2.</summary>
        public Tensor log2() => s_log2.Call(this);

        /// <summary>Square root.</summary>
        public Tensor sqrt() => s_sqrt.Call(this);

        /// <inheritdoc cref="sqrt"/>
        public Tensor sqrt_() => InPlace(s_sqrtInPlace);

        /// <summary>1/√x.</summary>
        public Tensor rsqrt() => s_rsqrt.Call(this);

        /// <inheritdoc cref="rsqrt"/>
        public Tensor rsqrt_() => InPlace(s_rsqrtInPlace);

        /// <summary>1/x.</summary>
        public Tensor reciprocal() => s_reciprocal.Call(this);

        /// <inheritdoc cref="reciprocal"/>
        public Tensor reciprocal_() => InPlace(s_reciprocalInPlace);

        /// <summary>Sine of radians.</summary>
        public Tensor sin() => s_sin.Call(this);

        /// <summary>Cosine of radians.</summary>
        public Tensor cos() => s_cos.Call(this);

        /// <summary>Hyperbolic tangent.</summary>
        public Tensor tanh() => s_tanh.Call(this);

        /// <inheritdoc cref="tanh"/>
        public Tensor tanh_() => InPlace(s_tanhInPlace);

        /// <summary>1/(1 + e⁻ˣ).</summary>
        public Tensor sigmoid() => s_sigmoid.Call(this);

        /// <inheritdoc cref="sigmoid"/>
        public Tensor sigmoid_() => InPlace(s_sigmoidInPlace);

        /// <summary>Error function.</summary>
        public Tensor erf() => s_erf.Call(this);

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => s_relu.Call(this);

        /// <inheritdoc cref="relu"/>
        public Tensor relu_() => InPlace(s_reluInPlace);

        /// <summary>x·sigmoid(x).</summary>
        public Tensor silu() => s_silu.Call(this);

        /// <summary>The whole number at or below.</summary>
        public Tensor floor() => s_floor.Call(this);

        /// <summary>The whole number at or above.</summary>
        public Tensor ceil() => s_ceil.Call(this);

        /// <summary>Without the fraction.</summary>
        public Tensor trunc() => s_trunc.Call(this);

        /// <summary>Logical negation.</summary>
        public Tensor logical_not() => s_logicalNot.Call(this);

        /// <summary>Where an element is not a number.</summary>
        public Tensor isnan() => s_isnan.Call(this);

        /// <summary>Where an element is infinite.</summary>
        public Tensor isinf() => s_isinf.Call(this);

        /// <summary>Where an element is neither infinite nor not a number.</summary>
        public Tensor isfinite() => s_isfinite.Call(this);

        /// <inheritdoc cref="neg"/>
        public Tensor negative() => neg();

        /// <summary>x².</summary>
        public Tensor square() => pow(2);

        private Tensor InPlace(Operator op)
        {
            op.Run(this);
            return this;
        }
    }
}
