using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Data;

namespace Ntl.Tests.Training.Data;

public sealed class SamplerTests : IDisposable
{
    private const int Context = 8;

    private readonly TemporaryDirectory _directory = new();
    private readonly TokenDataset _dataset;

    public SamplerTests()
    {
        var model = new ModelSpec { LayerCount = 1, HeadCount = 1, EmbeddingWidth = 8, ContextLength = Context, VocabularySize = 256 };
        _dataset = TokenDataset.Open(DatasetTests.TextSpec(_directory, 1000), model);
    }

    public void Dispose()
    {
        _dataset.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Batch_SamePosition_IsTheSameWhateverWasDrawnBefore()
    {
        var first = new BatchSampler(_dataset, seed: 7, batchSize: 3, Context, microStepsPerStep: 2);
        var second = new BatchSampler(_dataset, seed: 7, batchSize: 3, Context, microStepsPerStep: 2);
        _ = Draw(first, 0, 0);

        Assert.Equal(Draw(first, 5, 1), Draw(second, 5, 1));
    }

    [Fact]
    public void Batch_OtherSeedStepOrMicroStep_IsAnother()
    {
        var sampler = new BatchSampler(_dataset, seed: 7, batchSize: 3, Context, microStepsPerStep: 2);
        var batches = new[]
        {
            Draw(sampler, 0, 0),
            Draw(sampler, 0, 1),
            Draw(sampler, 1, 0),
            Draw(new BatchSampler(_dataset, seed: 8, batchSize: 3, Context, microStepsPerStep: 2), 0, 0),
        };

        Assert.Equal(batches.Length, batches.Select(batch => string.Join(',', batch)).Distinct().Count());
    }

    [Fact]
    public void Batch_AccumulatedMicroSteps_AreTheRowsOfOneLargerBatch()
    {
        var halves = new BatchSampler(_dataset, seed: 1, batchSize: 2, Context, microStepsPerStep: 2);
        var whole = new BatchSampler(_dataset, seed: 1, batchSize: 4, Context, microStepsPerStep: 1);

        long[] rows = [.. Draw(halves, 3, 0, rows: 2), .. Draw(halves, 3, 1, rows: 2)];

        Assert.Equal(Draw(whole, 3, 0, rows: 4), rows);
    }

    [Fact]
    public void Starts_ManyDraws_CoverTheSplitEvenlyAndNeverLeaveIt()
    {
        var random = new CounterRandom(3, RandomUse.Batches);
        var counts = new int[100];
        const int Draws = 100_000;
        for (var i = 0; i < Draws; i++)
        {
            counts[random.At((ulong)i, counts.Length)]++;
        }

        // Chi-square with 99 degrees of freedom exceeds 149 once in a thousand seeds.
        var chiSquare = counts.Sum(count => Math.Pow(count - (Draws / 100.0), 2) / (Draws / 100.0));
        Assert.InRange(chiSquare, 50, 149);
    }

    [Fact]
    public void CounterRandom_Sequence_IsPinned()
    {
        var random = new CounterRandom(0, RandomUse.Batches);

        Assert.Equal((Pinned0, Pinned1), (random.At(0), random.At(1)));
    }

    [Fact]
    public void ValidationSet_Windows_SpanTheSplitFromEndToEnd()
    {
        var set = new ValidationSet(_dataset, _dataset.Validation, Context, windowCount: 5);
        var starts = Enumerable.Range(0, set.Count).Select(set.Start).ToList();

        Assert.Equal(_dataset.Validation.Start, starts[0]);
        Assert.Equal(_dataset.Validation.Start + _dataset.Validation.Length, starts[^1] + Context + 1);
        Assert.Equal([900, 922, 945, 968, 991], starts);
    }

    [Fact]
    public void ValidationSet_MoreWindowsThanFit_AreFewer() =>
        Assert.Equal((100 - 1) / Context, new ValidationSet(_dataset, _dataset.Validation, Context, windowCount: 1000).Count);

    private const ulong Pinned0 = 0x2382_75bc_38fc_be91; // by an independent SplitMix64
    private const ulong Pinned1 = 0xf89a_2566_b582_2c54;

    private static long[] Draw(BatchSampler sampler, long step, int microStep, int rows = 3)
    {
        var windows = new long[rows * (Context + 1)];
        sampler.Fill(step, microStep, windows);
        return windows;
    }
}
