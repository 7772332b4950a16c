namespace Ntl.Training.Checkpoints;

/// <summary>What a checkpoint holds; its presence and its hashes are what makes a checkpoint whole.</summary>
/// <param name="Version">Version of the form, <see cref="CurrentVersion"/>.</param>
/// <param name="SpecHash">Identity of what is computed; a checkpoint of another spec is not resumed from.</param>
/// <param name="Step">Updates in the weights: the next step to train. Batches and dropout masks are functions of it and the seed, so it is the random state and the data position too.</param>
/// <param name="UpdateCount">Updates in the optimizer's state.</param>
/// <param name="ElapsedSeconds">Training seconds so far, over all attempts, pauses left out.</param>
/// <param name="Files">The other files.</param>
/// <param name="Threads">Threads of an operator, which a run keeps when it resumes; null in checkpoints of earlier builds.</param>
public sealed record CheckpointManifest(
    int Version, string SpecHash, long Step, long UpdateCount, double ElapsedSeconds, IReadOnlyList<CheckpointFile> Files, int? Threads = null)
{
    /// <summary>The version that this Ntl writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Its file's name within the checkpoint's directory.</summary>
    public const string FileName = "manifest.json";
}
