using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What is stored of a run: its spec, and its series as measured.</summary>
/// <param name="Id">The run.</param>
/// <param name="Spec">Everything that it was told.</param>
/// <param name="Series">By key; any may be missing, and any step of one. Orphaned tails are left out.</param>
public sealed record RunRecord(RunId Id, RunSpec Spec, IReadOnlyDictionary<MetricKey, MetricSeries> Series)
{
    /// <summary>Names of the layers in their order: both embeddings together, each block, the last norm.</summary>
    public IReadOnlyList<string> Layers { get; } = LayersOf(Spec.Model);

    /// <summary>The last step that anything was measured at; null when nothing was.</summary>
    public long? LastStep { get; } = Series.Values.Where(series => series.Count > 0).Select(series => (long?)series.Steps[^1]).Max();

    /// <summary>Why the run ended before its last step, one sentence; null for one that finished or may go on, and where only its points are known.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>Where the run stands; null where only its points are known.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public RunFailureKind? Failure { get; init; }

    /// <summary>What it ended at. Of a run of which only points are known, a validation after the last step says that it finished.</summary>
    public FinalLoss Final
    {
        get
        {
            var losses = this[MetricKeys.ValidationLoss];
            var isAtEnd = losses.Count > 0 && losses.Steps[^1] == Spec.TotalSteps;
            var status = Status ?? (EndedEarly is not null ? RunStatus.Cancelled : isAtEnd ? RunStatus.Finished : RunStatus.Running);
            // A finished run whose last point has not been read is not one that diverged.
            return FinalLoss.OfStored(
                status,
                Failure,
                isAtEnd ? losses.Values[^1] : null,
                isAtEnd ? EqualTime.Losses(this).Select(point => (double?)point.Loss).DefaultIfEmpty(null).Min() : null,
                Math.Log(Spec.Model.VocabularySize),
                ExplosionRule.Current);
        }
    }

    /// <summary>Whether clipping is a part of the preconditioner already, as <see cref="Clipping"/> has it.</summary>
    internal bool IsUnclipped { get; init; }

    /// <summary>A series; empty when it is missing.</summary>
    public MetricSeries this[MetricKey key] => Series.TryGetValue(key, out var series) ? series : MetricSeries.Empty;

    /// <summary>Intrinsic time before a step, Σ η of all steps before it; beyond the schedule's end that of its end.</summary>
    public double IntrinsicTime(long step) => Spec.Schedule.CumulativeRate(Math.Clamp(step, 0, Spec.TotalSteps));

    /// <summary>The rate of a step; of the last step for one beyond the end, where a last validation is.</summary>
    public double Rate(long step) => Spec.Schedule.LearningRate(Math.Clamp(step, 0, Spec.TotalSteps - 1));

    /// <summary>n, parameters in a layer.</summary>
    /// <param name="layer">Of <see cref="Layers"/>.</param>
    public long ParametersIn(string layer)
    {
        var model = Spec.Model;
        long width = model.EmbeddingWidth;
        return layer switch
        {
            "embeddings" => (model.VocabularySize + model.ContextLength) * width,
            "ln_f" => model.HasBias ? 2 * width : width,
            _ => (12 * width * width) + ((model.HasBias ? 13 : 2) * width),
        };
    }

    private static string[] LayersOf(ModelSpec model) =>
        ["embeddings", .. Enumerable.Range(0, model.LayerCount).Select(layer => string.Create(CultureInfo.InvariantCulture, $"h.{layer}")), "ln_f"];
}
