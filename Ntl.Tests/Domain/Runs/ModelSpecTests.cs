using Ntl.Domain.Runs;

namespace Ntl.Tests.Domain.Runs;

public sealed class ModelSpecTests
{
    [Fact]
    public void ParameterCount_Gpt2_IsThePublishedNumber() =>
        Assert.Equal(124_439_808, ModelPreset.Find("gpt2")!.Model.ParameterCount);

    [Fact]
    public void ParameterCount_WithoutBiases_LosesExactlyThem()
    {
        var model = ModelPreset.Find("nano")!.Model;

        var lost = model.ParameterCount - (model with { HasBias = false }).ParameterCount;

        // A block: c_attn 3C, attn.c_proj C, c_fc 4C, mlp.c_proj C, two norms 2C = 11C; and the final norm's C.
        Assert.Equal((2 * 11 * 64) + 64, lost);
    }

    [Fact]
    public void TrainingFlopsPerToken_Gpt2_IsSixNPlusAttention()
    {
        var model = ModelPreset.Find("gpt2")!.Model;

        Assert.Equal((6.0 * (124_439_808 - 786_432)) + (12.0 * 12 * 768 * 1024), model.TrainingFlopsPerToken);
    }

    [Fact]
    public void Presets_All_AreValidAndGrow()
    {
        Assert.All(ModelPreset.All, preset => Assert.Empty(RunSpecValidator.Validate(RunSpecs.Valid with { Model = preset.Model })));
        Assert.Equal(ModelPreset.All.OrderBy(preset => preset.Model.ParameterCount), ModelPreset.All);
        Assert.Null(ModelPreset.Find("none"));
    }

    [Fact]
    public void RunCost_TwiceTheSteps_IsTwiceTheWorkAndTheSameMemory()
    {
        var once = RunSpecs.Valid;
        var twice = once with { Schedule = Ntl.Domain.Schedules.StandardSchedules.Constant(2_000, 1e-3) };

        Assert.Equal(2 * RunCost.TotalFlops(once), RunCost.TotalFlops(twice), 1.0);
        Assert.Equal(RunCost.MemoryBytes(once), RunCost.MemoryBytes(twice));
        Assert.True(RunCost.MemoryBytes(once) < RunCost.MemoryBytes(once with { Precision = Precision.Float32 }));
    }
}
