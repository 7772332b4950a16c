using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

[StructLayout(LayoutKind.Auto)]
internal readonly struct LionStep(EnsembleOptimizer rule) : IStep
{
    private readonly Vector256<double> _beta1 = Vector256.Create(rule.Beta1);
    private readonly Vector256<double> _weight1 = Vector256.Create(1 - rule.Beta1);
    private readonly Vector256<double> _beta2 = Vector256.Create(rule.Beta2);
    private readonly Vector256<double> _weight2 = Vector256.Create(1 - rule.Beta2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Step(Vector256<double> x, Vector256<double> gradient, Vector256<double> rate, ref double momentum, ref double secondMoment)
    {
        var m = Vector256.LoadUnsafe(ref momentum);
        var direction = Vector256.FusedMultiplyAdd(_beta1, m, _weight1 * gradient);
        Vector256.FusedMultiplyAdd(_beta2, m, _weight2 * gradient).StoreUnsafe(ref momentum);
        return SignStep.Move(x, direction, rate);
    }
}
