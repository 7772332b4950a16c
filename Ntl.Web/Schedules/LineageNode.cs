namespace Ntl.Web.Schedules;

/// <summary>A schedule in a lineage.</summary>
/// <param name="Id">The schedule.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="ForkOf">The version that it was forked from; null for the root.</param>
/// <param name="CurrentVersion">Its newest version.</param>
/// <param name="IsArchived">Whether it is archived.</param>
/// <param name="Depth">0 for the root; one more than its parent's else.</param>
public sealed record LineageNode(string Id, string Name, string Owner, ScheduleReference? ForkOf, int CurrentVersion, bool IsArchived, int Depth);
