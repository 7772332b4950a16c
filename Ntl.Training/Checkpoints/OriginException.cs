namespace Ntl.Training.Checkpoints;

/// <summary>A branch cannot begin: the checkpoint of its trunk is missing, broken or another; the message says which.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class OriginException(string message, Exception? inner = null) : Exception(message, inner);
