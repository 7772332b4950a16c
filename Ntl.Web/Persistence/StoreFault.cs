namespace Ntl.Web.Persistence;

/// <summary>What keeps the database from taking or giving data.</summary>
public enum StoreFault
{
    /// <summary>The disk has no room.</summary>
    DiskFull,

    /// <summary>The file or its folder may not be written.</summary>
    ReadOnly,

    /// <summary>Another process holds the file longer than the busy time-out.</summary>
    Locked,

    /// <summary>The file is not a sound database.</summary>
    Corrupt,

    /// <summary>The disk failed, or the file cannot be opened.</summary>
    Unreachable,

    /// <summary>The file is of a newer version of Ntl.</summary>
    Newer,

    /// <summary>The file is a database of another program.</summary>
    Foreign,

    /// <summary>There are runs on the disk, but no database that knows them.</summary>
    Missing,
}
