using Ntl.Domain.Runs;

namespace Ntl.Tests.Domain.Runs;

public sealed class RunSpecValidatorTests
{
    public static TheoryData<string, RunSpec> OneFaultEach()
    {
        var valid = RunSpecs.Valid;
        return new()
        {
            { "name", valid with { Name = " " } },
            { "name", valid with { Name = new string('x', 121) } },
            { "name", valid with { Name = "a\nb" } },
            { "model.layerCount", valid with { Model = valid.Model with { LayerCount = 0 } } },
            { "model.headCount", valid with { Model = valid.Model with { HeadCount = 3 } } },
            { "model.embeddingWidth", valid with { Model = valid.Model with { EmbeddingWidth = 4 } } },
            { "model.contextLength", valid with { Model = valid.Model with { ContextLength = 100_000 } } },
            { "model.vocabularySize", valid with { Model = valid.Model with { VocabularySize = 1 } } },
            { "model.dropout", valid with { Model = valid.Model with { Dropout = double.NaN } } },
            { "dataset.path", valid with { Dataset = valid.Dataset with { Path = "" } } },
            { "dataset.hash", valid with { Dataset = valid.Dataset with { Hash = new string('A', 64) } } },
            { "dataset.format", valid with { Dataset = valid.Dataset with { Format = (DatasetFormat)9 } } },
            { "dataset.validationFraction", valid with { Dataset = valid.Dataset with { ValidationFraction = 0.6 } } },
            { "optimizer.kind", valid with { Optimizer = new() { Kind = (OptimizerKind)9 } } },
            { "optimizer.beta1", valid with { Optimizer = new() { Beta1 = 1 } } },
            { "optimizer.beta2", valid with { Optimizer = new() { Beta2 = -0.1 } } },
            { "optimizer.epsilon", valid with { Optimizer = new() { Epsilon = 0 } } },
            { "optimizer.weightDecay", valid with { Optimizer = new() { WeightDecay = double.PositiveInfinity } } },
            { "optimizer.gradientClip", valid with { Optimizer = new() { GradientClip = 0 } } },
            { "batchSize", valid with { BatchSize = 0 } },
            { "gradientAccumulationSteps", valid with { GradientAccumulationSteps = 5_000 } },
            { "seed", valid with { Seed = -1 } },
            { "validationIntervalSteps", valid with { ValidationIntervalSteps = 0 } },
            { "validationBatches", valid with { ValidationBatches = 0 } },
            { "checkpointIntervalSteps", valid with { CheckpointIntervalSteps = 0 } },
            { "device", valid with { Device = "cuda:" } },
            { "device", valid with { Device = "tpu" } },
            { "precision", valid with { Precision = (Precision)9 } },
        };
    }

    [Theory]
    [MemberData(nameof(OneFaultEach))]
    public void Validate_OneFault_IsToldByItsPath(string path, RunSpec spec)
    {
        var problem = Assert.Single(RunSpecValidator.Validate(spec));

        Assert.Equal(path, problem.Path);
        Assert.NotEmpty(problem.Message);
    }

    [Fact]
    public void Validate_ManyFaults_AreAllTold()
    {
        var spec = RunSpecs.Valid with { Name = "", BatchSize = -1, Device = "", Optimizer = new() { Beta1 = 2 } };

        Assert.Equal(["name", "optimizer.beta1", "batchSize", "device"], RunSpecValidator.Validate(spec).Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda:0")]
    [InlineData("cuda:15")]
    public void Validate_KnownDevice_IsFine(string device) => Assert.Empty(RunSpecValidator.Validate(RunSpecs.Valid with { Device = device }));

    [Fact]
    public void Validate_NoGradientClip_IsFine() =>
        Assert.Empty(RunSpecValidator.Validate(RunSpecs.Valid with { Optimizer = new() { GradientClip = null } }));
}
