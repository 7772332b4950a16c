using Ntl.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

[Collection(Libtorch.Name)]
public sealed class RandomTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Generator_FromSavedState_RepeatsWhatFollowed()
    {
        using var generator = new Generator(7);
        _ = randn(3, generator: generator);
        var state = generator.get_state();
        var first = randn(100, generator: generator);

        generator.set_state(state);
        var again = randn(100, generator: generator);

        Assert.Equal(first.data<float>().ToArray(), again.data<float>().ToArray());
    }

    [Fact]
    public void Generator_StateAsBytes_MovesToAnotherGenerator()
    {
        using var generator = new Generator(7);
        using var other = new Generator(8);
        _ = rand(10, generator: generator);

        other.set_state(tensor(generator.get_state().bytes.ToArray()));

        Assert.Equal(
            randperm(50, generator: generator).data<long>().ToArray(),
            randperm(50, generator: other).data<long>().ToArray());
    }

    [Fact]
    public void DefaultGenerator_FromSavedState_RepeatsWhatFollowed()
    {
        _ = manual_seed(11);
        var state = get_rng_state();
        var first = nn.functional.dropout(ones(200), 0.3);

        set_rng_state(state);

        Assert.Equal(first.data<float>().ToArray(), nn.functional.dropout(ones(200), 0.3).data<float>().ToArray());
        Assert.Equal(11, random.initial_seed());
    }

    /// <summary>The first draws of seed 1234 in PyTorch: torch.manual_seed(1234); torch.randint(0, 1000, (4,)).</summary>
    [Fact]
    public void ManualSeed_DrawsWhatPyTorchDraws()
    {
        using var generator = new Generator().manual_seed(1234);

        Assert.Equal(s_goldenDraws, randint(0, 1000, [4], generator: generator).data<long>().ToArray());
    }

    private static readonly long[] s_goldenDraws = [775, 171, 806, 365];

    [Fact]
    public void Multinomial_DrawsOnlyWhatIsPossible() =>
        Assert.All(tensor(new[] { 0f, 0.5f, 0f, 0.5f }).multinomial(50, replacement: true).data<long>(), index => Assert.Contains(index, new[] { 1L, 3L }));
}
