namespace Ntl.Training.Checkpoints;

/// <summary>A file is not safetensors, or not the tensors that are wanted; the message says what is wrong.</summary>
/// <param name="message">What is wrong, where.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class SafetensorsException(string message, Exception? inner = null) : Exception(message, inner);
