namespace Ntl.Web.Persistence;

/// <summary>What a committed write survives. Both survive the death of the server process.</summary>
public enum Durability
{
    /// <summary>A power cut may undo the last second of it; the journals on disk bring it back, as their offsets are undone with it.</summary>
    ProcessCrash,

    /// <summary>A power cut undoes nothing: the commit waits for the disk.</summary>
    PowerCut,
}
