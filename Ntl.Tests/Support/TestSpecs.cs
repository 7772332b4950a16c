using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Training.Data;

namespace Ntl.Tests.Support;

/// <summary>Specs to test with: as small as they can be.</summary>
public static class TestSpecs
{
    /// <summary>A model of a few thousand weights on the built-in corpus.</summary>
    public static RunSpec Tiny(long steps = 40, string name = "tiny", long seed = 1) => new()
    {
        Name = name,
        Model = new ModelSpec { LayerCount = 1, HeadCount = 1, EmbeddingWidth = 8, ContextLength = 8, VocabularySize = 256 },
        Dataset = BuiltInCorpus.StateOfTheUnion,
        Schedule = StandardSchedules.Constant(steps, 0.01),
        BatchSize = 2,
        Seed = seed,
        Precision = Precision.Float32,
        ValidationIntervalSteps = 20,
        ValidationBatches = 1,
        CheckpointIntervalSteps = 10,
    };

    /// <summary>A branch that falls to rate 0 in so many steps.</summary>
    public static RunSpec Anneal(RunId trunk, RunSpec spec, long at, long steps = 10, string name = "branch") => spec with
    {
        Name = name,
        Schedule = spec.Schedule.First(at).Then(new LinearDecay(steps, spec.Schedule.LearningRate(at - 1), 0)),
        Branch = new BranchSpec { Run = trunk, Step = at, SpecHash = RunSpecJson.Hash(spec) },
    };
}
