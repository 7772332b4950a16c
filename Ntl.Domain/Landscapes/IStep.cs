using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>An optimiser's arithmetic on four replicas.</summary>
internal interface IStep
{
    /// <summary>One update of one coordinate.</summary>
    /// <returns>The coordinate after the step.</returns>
    Vector256<double> Step(Vector256<double> x, Vector256<double> gradient, Vector256<double> rate, ref double momentum, ref double secondMoment);
}
