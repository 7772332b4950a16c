using Ntl.Domain.Landscapes;

namespace Ntl.Tests.Domain.Landscapes;

public class NormalNoiseTests
{
    private const int Count = 1 << 22;

    [Fact]
    public void Fill_FourMillionNormals_HaveTheMomentsOfANormal()
    {
        var normals = Sample(1);

        var (mean, square, cube, fourth) = (normals.Average(z => z), normals.Average(z => z * z), normals.Average(z => z * z * z), normals.Average(z => z * z * z * z));

        // Four standard errors of each moment: √(1, 2, 15, 96)/√n.
        var error = 4 / Math.Sqrt(Count);
        Assert.Equal(0, mean, error);
        Assert.Equal(1, square, error * Math.Sqrt(2));
        Assert.Equal(0, cube, error * Math.Sqrt(15));
        Assert.Equal(3, fourth, error * Math.Sqrt(96));
    }

    [Theory]
    [InlineData(0.674489750, 0.5)]
    [InlineData(1.959963985, 0.05)]
    [InlineData(3.290526731, 1e-3)]
    [InlineData(4.417173413, 1e-5)]
    public void Fill_TailsBeyondAQuantile_HaveTheirShare(double quantile, double share)
    {
        var beyond = Sample(2).Count(z => Math.Abs(z) > quantile);

        // Five standard deviations of a Poisson count.
        Assert.Equal(share * Count, beyond, 5 * Math.Sqrt(share * Count));
    }

    [Fact]
    public void Fill_AnyPart_IsThatPartOfTheWhole()
    {
        var (whole, part) = (new float[4 * 64], new float[4 * 16]);

        new NormalNoise(7).Fill(0, 3, 5, whole);
        new NormalNoise(7).Fill(24, 3, 5, part);

        for (var step = 0; step < 4; step++)
        {
            Assert.Equal(whole.AsSpan((step * 64) + 24, 16), part.AsSpan(step * 16, 16));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x1234_5678_9ABC_DEF0)]
    public void Fill_Anything_IsBoxMullerOfPhilox(ulong seed)
    {
        var normals = new float[4 * 8];

        new NormalNoise(seed, stream: 9).Fill(40, 77, 3, normals);

        for (var lane = 0; lane < 8; lane++)
        {
            var words = Philox([40 + (uint)lane, 77, 3, 9], (uint)seed, (uint)(seed >> 32), 7);
            for (var pair = 0; pair < 2; pair++)
            {
                var radius = Math.Sqrt(-2 * Math.Log(((words[2 * pair] >> 1) | 1) / 2147483648.0));
                var angle = Math.PI / 2 * ((int)words[(2 * pair) + 1] / 2147483648.0);
                var sign = (words[(2 * pair) + 1] & 1) == 0 ? 1 : -1;
                Assert.Equal(sign * radius * Math.Cos(angle), normals[(2 * pair * 8) + lane], 4e-6);
                Assert.Equal(radius * Math.Sin(angle), normals[(((2 * pair) + 1) * 8) + lane], 4e-6);
            }
        }
    }

    // The known answer of the cipher's authors, which says that the reference used above is theirs.
    [Fact]
    public void Philox_TenRoundsOfZeros_IsThePublishedAnswer() =>
        Assert.Equal([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u], Philox([0, 0, 0, 0], 0, 0, 10));

    [Fact]
    public void Fill_NeighboursInEveryCoordinate_AreUncorrelated()
    {
        const int Replicas = 1 << 16;
        float[] here = Row(1, 0, 0), there = Row(2, 0, 0), later = Row(1, 1, 0), beside = Row(1, 0, 1);

        foreach (var other in new[] { there, later, beside, [.. here.Skip(1), here[0]] })
        {
            var correlation = here.Zip(other, (a, b) => (double)a * b).Average();
            Assert.Equal(0, correlation, 4 / Math.Sqrt(here.Length));
        }

        static float[] Row(ulong seed, uint block, uint channel)
        {
            var row = new float[4 * Replicas];
            new NormalNoise(seed).Fill(0, block, channel, row);
            return row;
        }
    }

    [Fact]
    public void Fill_OddLength_Throws() => Assert.Throws<ArgumentException>(() => new NormalNoise(1).Fill(0, 0, 0, new float[33]));

    private static double[] Sample(ulong seed)
    {
        var normals = new float[Count];
        new NormalNoise(seed).Fill(0, 0, 0, normals);
        Assert.All(normals, z => Assert.True(Math.Abs(z) <= NormalNoise.LargestMagnitude));
        return [.. normals.Select(z => (double)z)];
    }

    private static uint[] Philox(uint[] counter, uint key0, uint key1, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var (p0, p1) = (0xD2511F53UL * counter[0], 0xCD9E8D57UL * counter[2]);
            counter = [(uint)(p1 >> 32) ^ counter[1] ^ key0, (uint)p1, (uint)(p0 >> 32) ^ counter[3] ^ key1, (uint)p0];
            (key0, key1) = (key0 + 0x9E3779B9, key1 + 0xBB67AE85);
        }

        return counter;
    }
}
