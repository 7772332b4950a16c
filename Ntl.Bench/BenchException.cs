namespace Ntl.Bench;

/// <summary>A benchmark could not be run; the message says why and, where that helps, what to do.</summary>
internal sealed class BenchException(string message, Exception? innerException = null) : Exception(message, innerException);
