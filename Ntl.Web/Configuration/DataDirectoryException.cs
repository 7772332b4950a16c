namespace Ntl.Web.Configuration;

/// <summary>The data directory cannot be used; the message says what to do.</summary>
public sealed class DataDirectoryException(DataDirectoryFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public DataDirectoryFault Fault { get; } = fault;
}
