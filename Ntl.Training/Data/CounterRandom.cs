namespace Ntl.Training.Data;

/// <summary>
/// A random sequence whose n-th number is a pure function of (seed, use, n): the position in it is a step count, so a
/// checkpoint needs to store nothing of it, and a resumed run draws the same.
/// </summary>
/// <remarks>
/// SplitMix64 (Steele, Lea &amp; Flood 2014, doi:10.1145/2660193.2660195) with its finalizer of Stafford's variant 13, entered at
/// any position. The seed passes the finalizer first, so that neighbouring seeds give unrelated sequences.
/// </remarks>
public readonly struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E37_79B9_7F4A_7C15;

    private readonly ulong _key;

    /// <summary>A sequence of its own for each pair.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="use">What the numbers are for.</param>
    public CounterRandom(long seed, RandomUse use) =>
        _key = Mix(Mix(unchecked((ulong)seed) + GoldenGamma) + ((ulong)use * GoldenGamma));

    /// <summary>The number at a position, uniform over all 64-bit values.</summary>
    public ulong At(ulong position) => Mix(_key + ((position + 1) * GoldenGamma));

    /// <summary>The number at a position, uniform over <c>[0, count)</c> but for a bias below <c>count / 2⁶⁴</c>.</summary>
    public long At(ulong position, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (long)Math.BigMul(At(position), (ulong)count, out _);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
