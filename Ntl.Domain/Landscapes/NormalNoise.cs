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

        // One pass after the other, the bits in the normals' place: each is a long chain of results, and a processor has sight of several turns of a loop only
        // where these are short. In one loop they took longer.
        ref var target = ref MemoryMarshal.GetReference(normals);
        var replicas = (nuint)(normals.Length / StepsPerBlock);
        var schedule = new Schedule(_key0, _key1, block, channel, stream);
        var replica = Vector256.Create((ulong)firstReplica) + Vector256.Create(0UL, 2, 4, 6);
        for (nuint i = 0; i < replicas; i += ReplicasPerBlock)
        {
            // A word of the cipher lies in a lane of 64 bits, so that one multiplication gives its high and low halves: even replicas, odd replicas.
            Cipher(replica, schedule, out var e0, out var e1, out var e2, out var e3);
            Cipher(replica + Vector256<ulong>.One, schedule, out var o0, out var o1, out var o2, out var o3);
            Join(e0, o0).StoreUnsafe(ref target, i);
            Join(e1, o1).StoreUnsafe(ref target, replicas + i);
            Join(e2, o2).StoreUnsafe(ref target, (2 * replicas) + i);
            Join(e3, o3).StoreUnsafe(ref target, (3 * replicas) + i);
            replica += Vector256.Create((ulong)ReplicasPerBlock);
        }

        for (nuint first = 0; first < StepsPerBlock * replicas; first += 2 * replicas)
        {
            for (var i = first; i < first + replicas; i += ReplicasPerBlock)
            {
                BoxMuller(Vector256.LoadUnsafe(ref target, i).AsInt32(), Vector256.LoadUnsafe(ref target, replicas + i).AsInt32(), out var byCosine, out var bySine);
                byCosine.StoreUnsafe(ref target, i);
                bySine.StoreUnsafe(ref target, replicas + i);
            }
        }
    }

    // High halves may carry rubbish everywhere: the multiplication reads low halves only, and Join takes them only. Of the first two rounds only that half is
    // here that knows the replica; the rest, the same for all of them, is in the schedule.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Cipher(
        Vector256<ulong> replica, in Schedule s, out Vector256<ulong> w0, out Vector256<ulong> w1, out Vector256<ulong> w2, out Vector256<ulong> w3)
    {
        var product0 = Multiply(replica, Multiplier0);
        var product1 = Multiply((product0 >>> 32) ^ s.First2, Multiplier1);
        (w0, w1, w2) = ((product1 >>> 32) ^ s.Second0, product1, product0 ^ s.Second2);
        product0 = Multiply(w0, Multiplier0);
        product1 = Multiply(w2, Multiplier1);
        (w0, w1, w2, w3) = ((product1 >>> 32) ^ w1 ^ s.Third0, product1, (product0 >>> 32) ^ s.Third2, product0);
        Round(ref w0, ref w1, ref w2, ref w3, s.Fourth0, s.Fourth1);
        Round(ref w0, ref w1, ref w2, ref w3, s.Fifth0, s.Fifth1);
        Round(ref w0, ref w1, ref w2, ref w3, s.Sixth0, s.Sixth1);
        Round(ref w0, ref w1, ref w2, ref w3, s.Seventh0, s.Seventh1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector256<ulong> w0, ref Vector256<ulong> w1, ref Vector256<ulong> w2, ref Vector256<ulong> w3, Vector256<ulong> key0, Vector256<ulong> key1)
    {
        var product0 = Multiply(w0, Multiplier0);
        var product1 = Multiply(w2, Multiplier1);
        (w0, w1, w2, w3) = ((product1 >>> 32) ^ w1 ^ key0, product1, (product0 >>> 32) ^ w3 ^ key1, product0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> word, uint factor) => Avx2.IsSupported
        ? Avx2.Multiply(word.AsUInt32(), Vector256.Create(factor))
        : (word & Vector256.Create(0xFFFF_FFFFUL)) * Vector256.Create((ulong)factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Join(Vector256<ulong> even, Vector256<ulong> odd) => Avx2.IsSupported
        ? Avx2.Blend(even.AsInt32(), (odd << 32).AsInt32(), 0b1010_1010).AsSingle()
        : ((even & Vector256.Create(0xFFFF_FFFFUL)) | (odd << 32)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BoxMuller(Vector256<int> radiusBits, Vector256<int> angleBits, out Vector256<float> byCosine, out Vector256<float> bySine)
    {
        // u = k/2³¹ with k odd: never 0.
        var k = (radiusBits >>> 1) | Vector256<int>.One;
        var radius = Vector256.Sqrt(Vector256.Create(-2f) * LogOfScaled(Vector256.ConvertToSingle(k)));

        // θ is uniform on a half circle, (π/2)·s with s in [−1, 1]; the last bit, too small to show in s, turns the cosine's half around.
        var s = Vector256.ConvertToSingle(angleBits) * Vector256.Create(1f / 2147483648f);
        var z = s * s;
        var sine = s * Horner(z, 0.00015167853f, -0.0046741575f, 0.0796899269f, -0.6459637613f, 1.5707963201f);
        var cosine = Horner(z, 0.00085819062f, -0.0208106275f, 0.2536507446f, -1.2336982147f, 0.9999999535f);
        byCosine = radius * (cosine.AsInt32() ^ (angleBits << 31)).AsSingle();
        bySine = radius * sine;
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

    /// <summary>The keys of the rounds, and what the first three rounds make of the words that all replicas share: (replica, block, channel, stream) is the counter.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Schedule
    {
        public readonly Vector256<ulong> First2;
        public readonly Vector256<ulong> Second0;
        public readonly Vector256<ulong> Second2;
        public readonly Vector256<ulong> Third0;
        public readonly Vector256<ulong> Third2;
        public readonly Vector256<ulong> Fourth0;
        public readonly Vector256<ulong> Fourth1;
        public readonly Vector256<ulong> Fifth0;
        public readonly Vector256<ulong> Fifth1;
        public readonly Vector256<ulong> Sixth0;
        public readonly Vector256<ulong> Sixth1;
        public readonly Vector256<ulong> Seventh0;
        public readonly Vector256<ulong> Seventh1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Schedule(uint key0, uint key1, uint block, uint channel, uint stream)
        {
            unchecked
            {
                // After the first round words 0 and 1 still know nothing of the replica, after the second word 3.
                var product1 = (ulong)channel * Multiplier1;
                var (word0, word1) = ((uint)(product1 >> 32) ^ block ^ key0, (uint)product1);
                var product0 = (ulong)word0 * Multiplier0;
                First2 = Vector256.Create((ulong)(stream ^ key1));
                Second0 = Vector256.Create((ulong)(word1 ^ (key0 + KeyStep0)));
                Second2 = Vector256.Create((ulong)((uint)(product0 >> 32) ^ (key1 + KeyStep1)));
                (Third0, Third2) = (Vector256.Create((ulong)(key0 + (2 * KeyStep0))), Vector256.Create((ulong)((uint)product0 ^ (key1 + (2 * KeyStep1)))));
                (Fourth0, Fourth1) = (Vector256.Create((ulong)(key0 + (3 * KeyStep0))), Vector256.Create((ulong)(key1 + (3 * KeyStep1))));
                (Fifth0, Fifth1) = (Vector256.Create((ulong)(key0 + (4 * KeyStep0))), Vector256.Create((ulong)(key1 + (4 * KeyStep1))));
                (Sixth0, Sixth1) = (Vector256.Create((ulong)(key0 + (5 * KeyStep0))), Vector256.Create((ulong)(key1 + (5 * KeyStep1))));
                (Seventh0, Seventh1) = (Vector256.Create((ulong)(key0 + (6 * KeyStep0))), Vector256.Create((ulong)(key1 + (6 * KeyStep1))));
            }
        }
    }
}
