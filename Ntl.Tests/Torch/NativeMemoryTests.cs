using System.Globalization;
using Ntl.Tests.Support;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

/// <summary>What the count of live tensors cannot see: memory that libtorch keeps for a tensor that nobody holds.</summary>
[Collection(Libtorch.Name)]
public class NativeMemoryTests
{
    private const int Repetitions = 300;
    private const long Elements = 1 << 20; // 4 MB; all that the work makes, never given back, would be 2,400 MB
    private const long Allowed = 1_200L << 20; // tests beside this one take memory too

    [Fact]
    public void InPlace_OnWhatNobodyKeeps_GivesItsMemoryBack()
    {
        using var source = ones(Elements);
        Work();
        var before = ResidentBytes();
        for (var i = 0; i < Repetitions; i++)
        {
            Work();
        }

        Assert.InRange(ResidentBytes() - before, long.MinValue, Allowed);

        void Work()
        {
            using var scope = NewDisposeScope();
            source.sqrt().add_(1).mul_(source);
            source.clone().narrow(0, 0, 10).zero_();
        }
    }

    private static long ResidentBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmRSS", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
    }
}
