namespace Ntl.Training.Checkpoints;

/// <summary>A checkpoint is not whole, or not of this run; the message says why.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
