namespace Ntl.Web.Configuration;

/// <summary>Why a data directory cannot be used.</summary>
public enum DataDirectoryFault
{
    InUse,
    NotWritable,
    NetworkFileSystem,
}
