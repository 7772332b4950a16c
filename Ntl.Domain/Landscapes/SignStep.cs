using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

internal readonly struct SignStep : IStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Step(Vector256<double> x, Vector256<double> gradient, Vector256<double> rate, ref double momentum, ref double secondMoment) =>
        Move(x, gradient, rate);

    /// <summary>x − η·sign(direction), with sign(0) = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Move(Vector256<double> x, Vector256<double> direction, Vector256<double> rate)
    {
        var step = Vector256.ConditionalSelect(Vector256.Create(-0.0), direction, rate);
        return x - Vector256.ConditionalSelect(Vector256.Equals(direction, Vector256<double>.Zero), Vector256<double>.Zero, step);
    }
}
