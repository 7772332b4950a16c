using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

internal readonly struct SgdStep : IStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Step(Vector256<double> x, Vector256<double> gradient, Vector256<double> rate, ref double momentum, ref double secondMoment) =>
        Vector256.FusedMultiplyAdd(-rate, gradient, x);
}
