namespace Ntl.Web.Schedules;

/// <summary>The family of a schedule: its ancestors, and everything forked from any of them.</summary>
/// <param name="Nodes">As a tree, each after the one that it was forked from, forks by age.</param>
/// <param name="IsWhole">False when the family is larger than what is shown.</param>
public sealed record ScheduleLineage(IReadOnlyList<LineageNode> Nodes, bool IsWhole);
