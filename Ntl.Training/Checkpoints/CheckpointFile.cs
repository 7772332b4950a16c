namespace Ntl.Training.Checkpoints;

/// <summary>A file of a checkpoint.</summary>
/// <param name="Name">Its name within the checkpoint's directory.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Hash">Their SHA-256, 64 lower-case hex digits.</param>
public sealed record CheckpointFile(string Name, long Length, string Hash);
