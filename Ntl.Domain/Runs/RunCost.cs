namespace Ntl.Domain.Runs;

/// <summary>What a run will take, by counting. An estimate to plan with, not a measurement.</summary>
public static class RunCost
{
    private const int Float32Bytes = 4;
    private const int BFloat16Bytes = 2;

    /// <summary>Floating-point operations of the whole run, validation included; probes and a branch's trunk are not.</summary>
    /// <param name="spec">A valid spec.</param>
    /// <returns>Operations; forward passes of validation count a third of a training token.</returns>
    public static double TotalFlops(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        double steps = spec.TotalSteps - spec.FirstStep;
        var trainingTokens = (double)spec.TokensPerStep * steps;
        var validations = Math.Ceiling(steps / spec.ValidationIntervalSteps);
        var validationTokens = validations * spec.ValidationBatches * spec.BatchSize * spec.Model.ContextLength;
        return spec.Model.TrainingFlopsPerToken * (trainingTokens + (validationTokens / 3));
    }

    /// <summary>Largest memory of the trainer, by counting weights, gradient, optimizer state and saved activations.</summary>
    /// <param name="spec">A valid spec.</param>
    /// <returns>Bytes, without the runtime's own few hundred million; expect the true peak within a factor of two.</returns>
    /// <remarks>Activations a block in 16-bit training: 34 B·T·C + 5 B·H·T² bytes (Korthikanti et al. 2022, arXiv:2205.05198, eq. 1); twice that in 32-bit.</remarks>
    public static double MemoryBytes(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var model = spec.Model;
        double parameters = model.ParameterCount;
        var moments = spec.Optimizer.Kind == OptimizerKind.AdamW ? 2 : 1;
        var isHalf = spec.Precision == Precision.BFloat16;
        var weights = parameters * ((Float32Bytes * (2 + moments)) + (isHalf ? 2 * BFloat16Bytes : 0));

        double tokens = (double)spec.BatchSize * model.ContextLength;
        var blockBytes = (34 * tokens * model.EmbeddingWidth) + (5 * tokens * model.ContextLength * model.HeadCount);
        var blocks = model.LayerCount * blockBytes * (isHalf ? 1 : 2);
        var logits = 3 * tokens * model.VocabularySize * Float32Bytes;
        return weights + blocks + logits;
    }
}
