namespace TorchSharp;

public static partial class torch
{
    // C#'s operators, elementwise and broadcast.
    public partial class Tensor
    {
        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add(left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => right.neg().add(left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(int left, Tensor right) => right.neg().add(left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(long left, Tensor right) => right.neg().add(left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(float left, Tensor right) => right.neg().add(left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(double left, Tensor right) => right.neg().add(left);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul(right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul(right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul(right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul(right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>Product.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul(left);

        /// <summary>Product.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul(left);

        /// <summary>Product.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul(left);

        /// <summary>Product.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul(left);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div(right);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div(right);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div(right);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div(right);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(int left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(long left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(float left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient.</summary>
        public static Tensor operator /(double left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Negation.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>Where both are equal.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>Where both are equal.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <summary>Where both are equal.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <summary>Where both differ.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>Where both differ.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <summary>Where both differ.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>Where the left is less.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>Where the left is less.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>Where the left is less.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        /// <summary>Where the left is at most the right.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>Where the left is at most the right.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>Where the left is at most the right.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        /// <summary>Where the left is greater.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>Where the left is greater.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>Where the left is greater.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        /// <summary>Where the left is at least the right.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>Where the left is at least the right.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>Where the left is at least the right.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        /// <summary>Both, bit by bit.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        /// <summary>Either, bit by bit.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        /// <summary>The only element.</summary>
        public static explicit operator float(Tensor value) => value.ToSingle();

        /// <summary>The only element.</summary>
        public static explicit operator double(Tensor value) => value.ToDouble();

        /// <summary>The only element.</summary>
        public static explicit operator int(Tensor value) => value.ToInt32();

        /// <summary>The only element.</summary>
        public static explicit operator long(Tensor value) => value.ToInt64();

        /// <summary>The only element.</summary>
        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}
