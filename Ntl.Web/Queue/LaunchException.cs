namespace Ntl.Web.Queue;

/// <summary>A trainer could not be started; the message says why and what to do.</summary>
public sealed class LaunchException(string message, Exception? innerException = null) : Exception(message, innerException);
