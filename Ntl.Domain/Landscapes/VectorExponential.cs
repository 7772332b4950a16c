using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>e to the power of four numbers, as part of the loop that asks for it; the library's is a call, and slow code for as long as it is new.</summary>
internal static class VectorExponential
{
    // Beyond these 2ⁿ is no normal number; a replica that gets there is about to be removed.
    private const double Lowest = -708;
    private const double Highest = 709.4;

    // Adding it rounds to a whole number, which then is the sum's last bits.
    private const double Rounding = 6755399441055744; // 1.5·2⁵²

    // ln 2 in two parts; the first has zeros at its end, so that its product with a whole number is exact.
    private const double LogTwoHigh = 0.693147180369123816490;
    private const double LogTwoLow = 1.90821492927058770002e-10;
    private const double InverseLogTwo = 1.4426950408889634;

    /// <summary>e^x within 2·10⁻¹⁶ relative for x in [−708, 709.4], at the nearer end beyond; NaN of NaN.</summary>
    /// <remarks>2ⁿ·e^r with |r| ≤ ½·ln 2, and Taylor's series up to r¹³/13!, whose rest is 4·10⁻¹⁸.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> x)
    {
        x = Vector256.MaxNative(Vector256.Create(Lowest), Vector256.MinNative(Vector256.Create(Highest), x));
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(InverseLogTwo), Vector256.Create(Rounding));
        var n = shifted - Vector256.Create(Rounding);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-LogTwoHigh), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-LogTwoLow), r);
        var p = Vector256.Create(1.0 / 6227020800);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 479001600));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 39916800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 3628800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 362880));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 40320));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 5040));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 720));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 120));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);

        // n is added to the exponent's bits; what Rounding has above them is shifted out.
        return (p.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
    }
}
