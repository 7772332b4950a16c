using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>m ← βm + wg with w = 1 for the heavy ball and 1 − β for an average.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct MomentumStep(double beta, double gradientWeight) : IStep
{
    private readonly Vector256<double> _beta = Vector256.Create(beta);
    private readonly Vector256<double> _weight = Vector256.Create(gradientWeight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Step(Vector256<double> x, Vector256<double> gradient, Vector256<double> rate, ref double momentum, ref double secondMoment)
    {
        var m = Vector256.FusedMultiplyAdd(_beta, Vector256.LoadUnsafe(ref momentum), _weight * gradient);
        m.StoreUnsafe(ref momentum);
        return Vector256.FusedMultiplyAdd(-rate, m, x);
    }
}
