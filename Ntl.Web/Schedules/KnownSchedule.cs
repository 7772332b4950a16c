namespace Ntl.Web.Schedules;

/// <summary>A place in the library where a schedule of some content hash stands.</summary>
/// <param name="Id">The schedule.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Version">The newest of its versions with that hash.</param>
/// <param name="IsCurrent">Whether that is its current version.</param>
/// <param name="IsArchived">Whether the schedule is archived.</param>
public sealed record KnownSchedule(string Id, string Name, string Owner, int Version, bool IsCurrent, bool IsArchived);
