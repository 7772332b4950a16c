namespace Ntl.Web.Components.Composer;

/// <summary>Names of the composer's fields: keys of a <see cref="RunDraft"/> and of the composer's URL.</summary>
internal static class DraftField
{
    public const string Name = "name";

    public const string Shape = "shape";
    public const string Steps = "steps";
    public const string Warmup = "warmup";
    public const string Peak = "peak";
    public const string Final = "final";
    public const string Decay = "decay";
    public const string DecaySteps = "decay-steps";
    public const string Timescale = "timescale";
    public const string Power = "power";
    public const string Factor = "factor";
    public const string Every = "every";
    public const string Points = "points";
    public const string Phases = "phases";

    public const string Model = "model";
    public const string Layers = "layers";
    public const string Heads = "heads";
    public const string Width = "width";
    public const string Context = "context";
    public const string Vocabulary = "vocabulary";
    public const string Dropout = "dropout";
    public const string Bias = "bias";

    public const string Dataset = "data";
    public const string ValidationFraction = "validation-share";

    public const string Optimizer = "optimizer";
    public const string Beta1 = "beta1";
    public const string Beta2 = "beta2";
    public const string Epsilon = "epsilon";
    public const string WeightDecay = "weight-decay";
    public const string Clip = "clip";

    public const string Batch = "batch";
    public const string Accumulation = "accumulation";
    public const string Seed = "seed";
    public const string Precision = "precision";
    public const string Device = "device";
    public const string ValidationEvery = "validate-every";
    public const string ValidationBatches = "validation-batches";
    public const string CheckpointEvery = "checkpoint-every";
    public const string KeepEvery = "keep-every";

    public const string Probes = "probes";
    public const string NoiseEvery = "noise-every";
    public const string ColdHorizon = "cold-horizon";
    public const string CurvatureEvery = "curvature-every";
    public const string Spectrum = "spectrum";
    public const string ConductionEvery = "conduction-every";
    public const string RiverWindow = "river-window";
}
