using Ntl.Domain.Runs;

namespace Ntl.Bench.Training;

/// <summary>A model, a batch and a number format to train.</summary>
/// <param name="Key">Begins the workload's figures.</param>
/// <param name="Model">The model's preset.</param>
/// <param name="BatchSize">Sequences a step.</param>
/// <param name="Precision">What steps compute in.</param>
/// <param name="Steps">Steps to time in a round.</param>
/// <param name="CalibrationSteps">Steps to time for a thread setting.</param>
internal sealed record Workload(string Key, ModelPreset Model, int BatchSize, Precision Precision, int Steps, int CalibrationSteps)
{
    private static readonly Workload s_mini = new("mini_fp32", ModelPreset.Find("mini")!, 8, Precision.Float32, 3, 2);

    /// <summary>What is worth measuring on this processor: without bfloat16 in it, both contestants would time libtorch's emulation, half a minute a step.</summary>
    public static IReadOnlyList<Workload> All { get; } = Processor.HasBFloat16
        ?
        [
            new("mini_bf16", ModelPreset.Find("mini")!, 8, Precision.BFloat16, 5, 3),
            new("micro_bf16", ModelPreset.Find("micro")!, 16, Precision.BFloat16, 25, 12),
            s_mini,
        ]
        : [s_mini, new("micro_fp32", ModelPreset.Find("micro")!, 16, Precision.Float32, 12, 6)];

    /// <summary>The one whose loss curves are compared.</summary>
    public static Workload Micro => All.First(workload => string.Equals(workload.Model.Id, "micro", StringComparison.Ordinal));

    public string Title => FormattableString.Invariant(
        $"{Model.Id} {(Precision == Precision.BFloat16 ? "bf16" : "fp32")} ({Model.Model.LayerCount} × {Model.Model.EmbeddingWidth}, T {Model.Model.ContextLength}, B {BatchSize})");
}
