namespace Ntl.Web.Schedules;

/// <summary>An owner or a tag.</summary>
/// <param name="Value">Its text.</param>
/// <param name="Count">Schedules that have it.</param>
public sealed record ScheduleFacet(string Value, int Count);
