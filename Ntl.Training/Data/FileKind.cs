namespace Ntl.Training.Data;

/// <summary>What a path names, with links followed.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A pipe, a device, a socket.</summary>
    Other,
}
