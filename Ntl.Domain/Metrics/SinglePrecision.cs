namespace Ntl.Domain.Metrics;

/// <summary>Tells which numbers lose nothing as single precision.</summary>
internal static class SinglePrecision
{
    /// <summary>Whether every value, bit for bit, is a single-precision number.</summary>
    public static bool HoldsAll(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (BitConverter.DoubleToInt64Bits((float)value) != BitConverter.DoubleToInt64Bits(value))
            {
                return false;
            }
        }

        return true;
    }
}
