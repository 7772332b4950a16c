using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ntl.Domain.Landscapes;

/// <summary>Standard normal numbers that are a pure function of (seed, stream, replica, step, channel): no state, any order, any thread.</summary>
/// <remarks>
/// <para>
/// Bits: Philox 4×32 with seven rounds, the fewest that pass BigCrush (Salmon et al. 2011, <i>Parallel random numbers: as easy as 1, 2, 3</i>, table 2);
/// the counter is (replica, step / 4, channel, stream), the key is the seed. One block of four words makes the normals of four consecutive steps.
/// </para>
/// <para>
/// Normals: Box and Muller 1958 in single precision, <c>r = √(−2 ln u)</c>, <c>(r·cos θ, r·sin θ)</c>, with polynomials fitted here by Remez exchange: ln within
/// 2·10⁻⁷ relative, sin and cos within 5·10⁻⁸, so a normal is within 4·10⁻⁷·(1 + |z|) of the exact transform. The radius has 31 bits: |z| never passes
/// <see cref="LargestMagnitude"/>, a tail of 6·10⁻¹¹. Single precision is enough because a normal enters a state only as noise, and twice as fast; states are double.
/// </para>
/// <para>Only integer operations and fused multiply-adds: the same bits on every machine that follows IEEE 754.</para>
/// </remarks>
/// <param name="seed">The key.</param>
/// <param name="stream">Separates uses of one seed, such as starts and steps.</param>
[StructLayout(LayoutKind.Auto)]
public readonly struct NormalNoise(ulong seed, uint stream = 0)
{
    /// <summary>Steps whose normals are made at once.</summary>
    public const int StepsPerBlock = 4;

    /// <summary>Replicas whose normals are made at once.</summary>
    public const int ReplicasPerBlock = 8;

    /// <summary>No normal is larger than this: √(2·31·ln 2), rounded up.</summary>
    public const float LargestMagnitude = 6.556f;

    private const int Rounds = 7;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    private readonly uint _key0 = (uint)seed;
    private readonly uint _key1 = (uint)(seed >> 32);

    /// <summary>Writes the normals of four consecutive steps for consecutive replicas.</summary>
    /// <param name="firstReplica">Number of the first replica.</param>
    /// <param name="block">Step / 4.</param>
    /// <param name="channel">Which noise of the step, such as the direction it pushes.</param>
    /// <param name="normals">Four rows of equal length, one a step; the length of a row is the number of replicas, a multiple of 8.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of 32.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(uint firstReplica, uint block, uint channel, Span<float> normals)
    {
        if (normals.Length % (StepsPerBlock * ReplicasPerBlock) != 0)
        {
            throw new ArgumentException($"Normals are made {StepsPerBlock * ReplicasPerBlock} at a time; there is room for {normals.Length}.", nameof(normals));
        }

        ref var target = ref MemoryMarshal.GetReference(normals);
        var replicas = (nuint)(normals.Length / StepsPerBlock);
        var lowWord = Vector256.Create(0xFFFF_FFFFUL);
        for (nuint i = 0; i < replicas; i += ReplicasPerBlock)
        {
            // A word of the cipher lies in a lane of 64 bits, so that one multiplication gives its high and low halves: even replicas, odd replicas.
            var even = Vector256.Create((ulong)(firstReplica + (uint)i)) + Vector256.Create(0UL, 2, 4, 6);
            var e = new Words(even & lowWord, Vector256.Create((ulong)block), Vector256.Create((ulong)channel), Vector256.Create((ulong)stream));
            var o = e with { W0 = (even + Vector256.Create(1UL)) & lowWord };
            var (key0, key1) = (_key0, _key1);
            for (var round = 0; round < Rounds; round++)
            {
                var (k0, k1) = (Vector256.Create((ulong)key0), Vector256.Create((ulong)key1));
                e = Round(e, k0, k1);
                o = Round(o, k0, k1);
                key0 += KeyStep0;
                key1 += KeyStep1;
            }

            var (first, second) = BoxMuller(Join(e.W0, o.W0, lowWord), Join(e.W1, o.W1, lowWord));
            var (third, fourth) = BoxMuller(Join(e.W2, o.W2, lowWord), Join(e.W3, o.W3, lowWord));
            first.StoreUnsafe(ref target, i);
            second.StoreUnsafe(ref target, replicas + i);
            third.StoreUnsafe(ref target, (2 * replicas) + i);
            fourth.StoreUnsafe(ref target, (3 * replicas) + i);
        }
    }

    // High halves may carry rubbish from here on: the multiplication reads low halves only, and Join masks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Words Round(Words w, Vector256<ulong> key0, Vector256<ulong> key1)
    {
        var product0 = Multiply(w.W0, Multiplier0);
        var product1 = Multiply(w.W2, Multiplier1);
        return new((product1 >>> 32) ^ w.W1 ^ key0, product1, (product0 >>> 32) ^ w.W3 ^ key1, product0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> word, uint factor) => Avx2.IsSupported
        ? Avx2.Multiply(word.AsUInt32(), Vector256.Create(factor))
        : (word & Vector256.Create(0xFFFF_FFFFUL)) * Vector256.Create((ulong)factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Join(Vector256<ulong> even, Vector256<ulong> odd, Vector256<ulong> lowWord) => ((even & lowWord) | (odd << 32)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Cosine, Vector256<float> Sine) BoxMuller(Vector256<int> radiusBits, Vector256<int> angleBits)
    {
        // u = k/2³¹ with k odd: never 0.
        var k = (radiusBits >>> 1) | Vector256<int>.One;
        var radius = Vector256.Sqrt(Vector256.Create(-2f) * LogOfScaled(Vector256.ConvertToSingle(k)));

        // θ is uniform on a half circle, (π/2)·s with s in [−1, 1]; the last bit, too small to show in s, turns the cosine's half around.
        var s = Vector256.ConvertToSingle(angleBits) * Vector256.Create(1f / 2147483648f);
        var z = s * s;
        var sine = s * Horner(z, 0.00015167853f, -0.0046741575f, 0.0796899269f, -0.6459637613f, 1.5707963201f);
        var cosine = Horner(z, 0.00085819062f, -0.0208106275f, 0.2536507446f, -1.2336982147f, 0.9999999535f);
        return (radius * (cosine.AsInt32() ^ (angleBits << 31)).AsSingle(), radius * sine);
    }

    /// <summary>ln(k/2³¹), never above 0: exponent by bits, and (1 + t)'s logarithm on [2/3, 4/3) as t times a polynomial.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LogOfScaled(Vector256<float> k)
    {
        const int TwoThirds = 0x3F2AAAAB;
        var shifted = k.AsInt32() - Vector256.Create(TwoThirds);
        var exponent = Vector256.ConvertToSingle((shifted >> 23) - Vector256.Create(31));
        var t = ((shifted & Vector256.Create(0x007F_FFFF)) + Vector256.Create(TwoThirds)).AsSingle() - Vector256<float>.One;
        var p = Vector256.FusedMultiplyAdd(Vector256.Create(-0.153656962f), t, Vector256.Create(0.171111816f));
        p = Vector256.FusedMultiplyAdd(p, t, Vector256.Create(-0.16420086f));
        var q = Horner(t, p, 0.197950375f, -0.2500762175f, 0.3333798869f, -0.4999993776f, 0.9999998362f);
        return Vector256.Min(Vector256.FusedMultiplyAdd(exponent, Vector256.Create(0.69314718f), t * q), Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Horner(Vector256<float> z, float c4, float c3, float c2, float c1, float c0) =>
        Horner(z, Vector256.Create(c4), c3, c2, c1, c0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Horner(Vector256<float> z, Vector256<float> lead, float c3, float c2, float c1, float c0)
    {
        var p = Vector256.FusedMultiplyAdd(lead, z, Vector256.Create(c3));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(c2));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(c1));
        return Vector256.FusedMultiplyAdd(p, z, Vector256.Create(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Horner(Vector256<float> z, Vector256<float> lead, float c4, float c3, float c2, float c1, float c0) =>
        Horner(z, Vector256.FusedMultiplyAdd(lead, z, Vector256.Create(c4)), c3, c2, c1, c0);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Words(Vector256<ulong> W0, Vector256<ulong> W1, Vector256<ulong> W2, Vector256<ulong> W3);
}
