using Microsoft.AspNetCore.Components;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>A schedule among its ancestors and forks.</summary>
public sealed partial class LineageTree
{
    private const int DeepestDrawn = 5;

    [Parameter, EditorRequired]
    public ScheduleLineage Lineage { get; set; } = null!;

    /// <summary>The schedule whose page this is.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    private bool IsSelf(LineageNode node) => string.Equals(node.Id, Id, StringComparison.Ordinal);
}
