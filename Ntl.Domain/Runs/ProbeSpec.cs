namespace Ntl.Domain.Runs;

/// <summary>What a run measures of itself besides its losses, and how often. No probe changes a bit of the training.</summary>
public sealed record ProbeSpec
{
    /// <summary>Steps between two measurements of the gradient's noise, ≥ 1; null for none. Free of extra gradients with two micro-batches or more, else one more gradient each.</summary>
    public long? NoiseIntervalSteps { get; init; } = 10;

    /// <summary>h, steps over which the running mean of the weights forgets, 1 to 1,000,000; null for no cold probe. It is measured at each validation.</summary>
    public double? ColdHorizonSteps { get; init; } = 200;

    /// <summary>Steps between two measurements of the curvature, ≥ 1; null for none.</summary>
    public long? CurvatureIntervalSteps { get; init; } = 1_000;

    /// <summary>Whether the whole spectrum of the curvature is measured at the end of each phase.</summary>
    public bool SpectrumAtPhaseEnds { get; init; } = true;

    /// <summary>Steps between two measurements of heat flows and conductances between layers, ≥ 1; null for none.</summary>
    public long? ConductionIntervalSteps { get; init; } = 1_000;

    /// <summary>Steps of a window in which the entropic force along the river is averaged, ≥ 2; null for none. Needs the cold probe and the noise.</summary>
    public long? RiverWindowSteps { get; init; } = 500;
}
