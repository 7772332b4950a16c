using System.Runtime.InteropServices;
using Ntl.Torch;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

public sealed class ShimLibraryTests
{
    private const string InstallCommand = "apt-get install libtorch-dev";

    [Fact]
    public void Load_OfAMissingFile_SaysWhatToInstall()
    {
        var error = Assert.Throws<DllNotFoundException>(() => ShimLibrary.Load("/nowhere/libntl_torch.so"));

        Assert.Contains("/nowhere/libntl_torch.so", error.Message, StringComparison.Ordinal);
        Assert.Contains(InstallCommand, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAFileThatDoesNotLoad_SaysWhyAndWhatToInstall()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "not a library");

        var error = Assert.Throws<DllNotFoundException>(() => ShimLibrary.Load(path));

        Assert.Contains(InstallCommand, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
        File.Delete(path);
    }

    [Fact]
    public void CheckFits_OfAnotherLibtorch_NamesBothVersions()
    {
        var error = Assert.Throws<DllNotFoundException>(() => ShimLibrary.CheckFits(1, "1.13.1", "2.4.0"));

        Assert.Contains("1.13.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("2.4.0", error.Message, StringComparison.Ordinal);
        Assert.Contains(InstallCommand, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckFits_OfAnotherBoundary_SaysToBuildAgain() =>
        Assert.Contains("Build Ntl.Torch again", Assert.Throws<DllNotFoundException>(() => ShimLibrary.CheckFits(0, "1.13.1", "1.13.0")).Message, StringComparison.Ordinal);

    [Fact]
    public void CheckFits_OfAPatchRelease_Passes() => ShimLibrary.CheckFits(1, "1.13.1", "1.13.0");

    [Fact]
    public void Operator_ThatLibtorchLacks_IsNamed()
    {
        var error = Assert.Throws<ExternalException>(() => new Operator("no_such_thing", "Tensor").Call());

        Assert.Contains("aten::no_such_thing.Tensor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operator_CalledWithAnArgumentOfAnotherType_NamesIt()
    {
        using var one = ones(1);

        var error = Assert.Throws<ExternalException>(() => new Operator("neg").Call(1.5));

        Assert.Contains("self", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operator_WithManyResults_ReturnsAll()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), arange(100).split(1).Select(part => part.ToInt64()));
        Assert.Equal(100, cat(arange(100).unbind().Select(part => part.reshape(1)).ToArray()).numel());
    }

    [Fact]
    public void Threads_CanBeSet()
    {
        var before = get_num_threads();
        set_num_threads(before + 1);

        Assert.Equal(before + 1, get_num_threads());
        set_num_threads(before);
    }

    [Fact]
    public void Allocation_BeyondAllMemory_SaysSo()
    {
        var error = Assert.Throws<ExternalException>(() => empty(1L << 50));

        Assert.Contains("memory", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Cuda_WhereThereIsNone_SaysSo()
    {
        Assert.SkipWhen(cuda.is_available(), "This machine has a GPU.");

        Assert.Equal(0, cuda.device_count());
        Assert.Throws<ExternalException>(() => cuda.synchronize());
        Assert.Contains("CUDA", Assert.Throws<ExternalException>(() => CudaMemory.Query()).Message, StringComparison.Ordinal);
    }
}
