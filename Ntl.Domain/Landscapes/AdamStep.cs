using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>Adam; RMSprop with β₁ = 0.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AdamStep(EnsembleOptimizer rule) : IStep
{
    private readonly Vector256<double> _beta1 = Vector256.Create(rule.Beta1);
    private readonly Vector256<double> _weight1 = Vector256.Create(1 - rule.Beta1);
    private readonly Vector256<double> _beta2 = Vector256.Create(rule.Beta2);
    private readonly Vector256<double> _weight2 = Vector256.Create(1 - rule.Beta2);

    // An ε of exactly 0 would make 0/0 of a gradient that has never been anything but 0.
    private readonly Vector256<double> _epsilon = Vector256.Create(Math.Max(rule.Epsilon, 1e-150));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Step(Vector256<double> x, Vector256<double> gradient, Vector256<double> rate, ref double momentum, ref double secondMoment)
    {
        var m = Vector256.FusedMultiplyAdd(_beta1, Vector256.LoadUnsafe(ref momentum), _weight1 * gradient);
        var v = Vector256.FusedMultiplyAdd(_beta2, Vector256.LoadUnsafe(ref secondMoment), _weight2 * gradient * gradient);
        m.StoreUnsafe(ref momentum);
        v.StoreUnsafe(ref secondMoment);
        return x - (rate * m / (Vector256.Sqrt(v) + _epsilon));
    }
}
