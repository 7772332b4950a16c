namespace Ntl.Web.Schedules;

/// <summary>How a change of the library ended.</summary>
public enum SaveResult
{
    /// <summary>It is stored.</summary>
    Saved,

    /// <summary>It is what is stored already; nothing was written.</summary>
    Unchanged,

    /// <summary>Somebody else was faster; nothing was written.</summary>
    Conflict,

    /// <summary>There is no such schedule.</summary>
    NotFound,

    /// <summary>Something is wrong with what was given.</summary>
    Invalid,
}
