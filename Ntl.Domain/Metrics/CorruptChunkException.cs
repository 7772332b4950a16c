namespace Ntl.Domain.Metrics;

/// <summary>Stored bytes are not a chunk: torn, altered, or of a version that this build does not know.</summary>
/// <param name="message">What is wrong.</param>
public sealed class CorruptChunkException(string message) : Exception(message);
