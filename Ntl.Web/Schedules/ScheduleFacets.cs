namespace Ntl.Web.Schedules;

/// <summary>What the schedules that are not archived can be narrowed by, the most used first.</summary>
/// <param name="Owners">Owners and how many schedules each has.</param>
/// <param name="Tags">Tags and how many schedules carry each.</param>
public sealed record ScheduleFacets(IReadOnlyList<ScheduleFacet> Owners, IReadOnlyList<ScheduleFacet> Tags);
