using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>How a valley sharpens along its river: every direction's curvature is a_i(y) = a_i·s(y), with s(0) = 1.</summary>
/// <param name="Shape">Which function.</param>
/// <param name="Rate">q, in 1/y for an exponential and 1/y² for a quadratic; finite, not negative for a quadratic.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CurvatureProfile(CurvatureShape Shape, double Rate)
{
    /// <summary>s = 1.</summary>
    public static CurvatureProfile Uniform { get; } = new(CurvatureShape.Uniform, 0);

    /// <summary>s = e^{q·y}.</summary>
    public static CurvatureProfile Exponential(double rate) => new(CurvatureShape.Exponential, rate);

    /// <summary>s = 1 + q·y².</summary>
    public static CurvatureProfile Quadratic(double rate) => new(CurvatureShape.Quadratic, rate);

    /// <summary>s(y), a pure number above 0.</summary>
    public double Factor(double y) => Shape switch
    {
        CurvatureShape.Exponential => Math.Exp(Rate * y),
        CurvatureShape.Quadratic => 1 + (Rate * y * y),
        _ => 1,
    };

    /// <summary>∂_y ln s, in 1/y: what the entropic force is made of.</summary>
    public double LogSlope(double y) => Shape switch
    {
        CurvatureShape.Exponential => Rate,
        CurvatureShape.Quadratic => 2 * Rate * y / (1 + (Rate * y * y)),
        _ => 0,
    };

    /// <summary>s and s′ at four places.</summary>
    internal (Vector256<double> Factor, Vector256<double> Slope) Evaluate(Vector256<double> y)
    {
        var rate = Vector256.Create(Rate);
        switch (Shape)
        {
            case CurvatureShape.Exponential:
                var factor = VectorExponential.Of(rate * y);
                return (factor, rate * factor);
            case CurvatureShape.Quadratic:
                var slope = rate * y;
                return (Vector256.FusedMultiplyAdd(slope, y, Vector256<double>.One), slope + slope);
            default:
                return (Vector256<double>.One, Vector256<double>.Zero);
        }
    }
}
