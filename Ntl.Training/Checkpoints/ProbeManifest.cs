using Ntl.Training.Probes;

namespace Ntl.Training.Checkpoints;

/// <summary>What a checkpoint holds of the probes besides their tensors.</summary>
/// <param name="ColdSteps">Steps in the running mean of the weights.</param>
/// <param name="Seconds">Time spent measuring so far, over all attempts.</param>
/// <param name="River">Where the window along the river is; null where there is none.</param>
public sealed record ProbeManifest(long ColdSteps, double Seconds, RiverProgress? River)
{
    /// <summary>Its file's name within the checkpoint's directory.</summary>
    public const string FileName = "probes.json";
}
