using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What division does with the fraction of a quotient.</summary>
    public enum RoundingMode
    {
        /// <summary>Keeps it.</summary>
        None,

        /// <summary>Rounds towards zero.</summary>
        trunc,

        /// <summary>Rounds down.</summary>
        floor,
    }

    // Arithmetic of two or three operands, elementwise and broadcast. A name that ends in an underscore works in place.
    public partial class Tensor
    {
        private static readonly Operator s_addTensor = new("add", "Tensor");
        private static readonly Operator s_addScalar = new("add", "Scalar");
        private static readonly Operator s_addTensorInPlace = new("add_", "Tensor");
        private static readonly Operator s_addScalarInPlace = new("add_", "Scalar");
        private static readonly Operator s_subTensor = new("sub", "Tensor");
        private static readonly Operator s_subScalar = new("sub", "Scalar");
        private static readonly Operator s_subTensorInPlace = new("sub_", "Tensor");
        private static readonly Operator s_subScalarInPlace = new("sub_", "Scalar");
        private static readonly Operator s_mulTensor = new("mul", "Tensor");
        private static readonly Operator s_mulScalar = new("mul", "Scalar");
        private static readonly Operator s_mulTensorInPlace = new("mul_", "Tensor");
        private static readonly Operator s_mulScalarInPlace = new("mul_", "Scalar");
        private static readonly Operator s_divTensor = new("div", "Tensor_mode");
        private static readonly Operator s_divScalar = new("div", "Scalar_mode");
        private static readonly Operator s_divTensorInPlace = new("div_", "Tensor_mode");
        private static readonly Operator s_divScalarInPlace = new("div_", "Scalar_mode");
        private static readonly Operator s_remainderTensor = new("remainder", "Tensor");
        private static readonly Operator s_remainderScalar = new("remainder", "Scalar");
        private static readonly Operator s_powTensor = new("pow", "Tensor_Tensor");
        private static readonly Operator s_powScalar = new("pow", "Tensor_Scalar");
        private static readonly Operator s_powTensorInPlace = new("pow_", "Tensor");
        private static readonly Operator s_powScalarInPlace = new("pow_", "Scalar");
        private static readonly Operator s_addcmul = new("addcmul");
        private static readonly Operator s_addcmulInPlace = new("addcmul_");
        private static readonly Operator s_addcdiv = new("addcdiv");
        private static readonly Operator s_addcdivInPlace = new("addcdiv_");
        private static readonly Operator s_lerpTensor = new("lerp", "Tensor");
        private static readonly Operator s_lerpTensorInPlace = new("lerp_", "Tensor");
        private static readonly Operator s_maximum = new("maximum");
        private static readonly Operator s_minimum = new("minimum");
        private static readonly Operator s_clamp = new("clamp");
        private static readonly Operator s_clampInPlace = new("clamp_");
        private static readonly Operator s_clampTensor = new("clamp", "Tensor");
        private static readonly Operator s_round = new("round", "decimals");

        /// <summary>x + y.</summary>
        public Tensor add(Tensor target) => s_addTensor.Call(this, target);

        /// <summary>x + α·y.</summary>
        public Tensor add(Tensor target, Scalar alpha) => s_addTensor.Call(this, target, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add(Scalar scalar) => s_addScalar.Call(this, scalar);

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add(Scalar scalar, Scalar alpha) => s_addScalar.Call(this, scalar, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add_(Tensor target) => InPlace(s_addTensorInPlace, target);

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add_(Tensor target, Scalar alpha) => InPlace(s_addTensorInPlace, target, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add_(Scalar scalar) => InPlace(s_addScalarInPlace, scalar);

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace(s_addScalarInPlace, scalar, alpha);

        /// <summary>x − y.</summary>
        public Tensor sub(Tensor target) => s_subTensor.Call(this, target);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub(Scalar target) => s_subScalar.Call(this, target);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub_(Tensor target) => InPlace(s_subTensorInPlace, target);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub_(Scalar target) => InPlace(s_subScalarInPlace, target);

        /// <summary>x·y.</summary>
        public Tensor mul(Tensor target) => s_mulTensor.Call(this, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul(Scalar target) => s_mulScalar.Call(this, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul_(Tensor target) => InPlace(s_mulTensorInPlace, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul_(Scalar target) => InPlace(s_mulScalarInPlace, target);

        /// <summary>x/y.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => s_divTensor.Call(this, target, Name(rounding_mode));

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => s_divScalar.Call(this, target, Name(rounding_mode));

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => InPlace(s_divTensorInPlace, target, Name(rounding_mode));

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => InPlace(s_divScalarInPlace, target, Name(rounding_mode));

        /// <summary>What is left of x after division by y; it has the sign of y.</summary>
        public Tensor remainder(Tensor divisor) => s_remainderTensor.Call(this, divisor);

        /// <inheritdoc cref="remainder(Tensor)"/>
        public Tensor remainder(Scalar divisor) => s_remainderScalar.Call(this, divisor);

        /// <summary>xʸ.</summary>
        public Tensor pow(Tensor exponent) => s_powTensor.Call(this, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow(Scalar exponent) => s_powScalar.Call(this, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow_(Tensor exponent) => InPlace(s_powTensorInPlace, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow_(Scalar exponent) => InPlace(s_powScalarInPlace, exponent);

        /// <summary>x + value·tensor1·tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcmul.Call(this, tensor1, tensor2, value);

        /// <inheritdoc cref="addcmul"/>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(s_addcmulInPlace, tensor1, tensor2, value);

        /// <summary>x + value·tensor1/tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcdiv.Call(this, tensor1, tensor2, value);

        /// <summary>x + tensor1/tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => s_addcdiv.Call(this, tensor1, tensor2);

        /// <inheritdoc cref="addcdiv(Tensor, Tensor, Scalar)"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(s_addcdivInPlace, tensor1, tensor2, value);

        /// <inheritdoc cref="addcdiv(Tensor, Tensor)"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => InPlace(s_addcdivInPlace, tensor1, tensor2);

        /// <summary>x + weight·(end − x).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => s_lerpTensor.Call(this, end, weight);

        /// <inheritdoc cref="lerp"/>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(s_lerpTensorInPlace, end, weight);

        /// <summary>The greater of both; NaN where either is.</summary>
        public Tensor maximum(Tensor other) => s_maximum.Call(this, other);

        /// <summary>The lesser of both; NaN where either is.</summary>
        public Tensor minimum(Tensor other) => s_minimum.Call(this, other);

        /// <summary>Brought within [min, max]; a bound left out does not bind.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => s_clamp.Call(this, min, max);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => s_clampTensor.Call(this, min, max);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace(s_clampInPlace, min, max);

        /// <summary>At least <paramref name="min"/>.</summary>
        public Tensor clamp_min(Scalar min) => clamp(min, (Scalar?)null);

        /// <summary>At most <paramref name="max"/>.</summary>
        public Tensor clamp_max(Scalar max) => clamp((Scalar?)null, max);

        /// <summary>Rounded to the nearest, ties to even.</summary>
        public Tensor round(long decimals = 0L) => s_round.Call(this, decimals);

        private static Argument Name(RoundingMode mode) => mode == RoundingMode.None ? default(Argument) : mode.ToString();

        private Tensor InPlace(Operator op, Argument first)
        {
            op.Run(this, first);
            return this;
        }

        private Tensor InPlace(Operator op, Argument first, Argument second)
        {
            op.Run(this, first, second);
            return this;
        }

        private Tensor InPlace(Operator op, Argument first, Argument second, Argument third)
        {
            op.Run(this, first, second, third);
            return this;
        }
    }
}
