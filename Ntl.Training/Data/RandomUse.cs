namespace Ntl.Training.Data;

/// <summary>What random numbers are drawn for. The values are part of every run's identity: never change one.</summary>
public enum RandomUse
{
    /// <summary>Which windows a batch holds.</summary>
    Batches = 1,

    /// <summary>Seed of the tensor generator that draws initial weights.</summary>
    Weights = 2,

    /// <summary>Seeds of the tensor generator that draws dropout masks, one a step.</summary>
    Dropout = 3,

    /// <summary>Probe vectors, one a measurement, and dropout masks of what is measured beside training.</summary>
    Probes = 4,

    /// <summary>Which windows the probes' own batches hold, and their dropout masks.</summary>
    ProbeBatches = 5,
}
