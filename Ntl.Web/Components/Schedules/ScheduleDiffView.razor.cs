using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>What differs between two schedules: in words, phase by phase, and in figures.</summary>
public sealed partial class ScheduleDiffView
{
    [Parameter, EditorRequired]
    public ScheduleDiff Diff { get; set; } = null!;

    /// <summary>What the first schedule is called here.</summary>
    [Parameter, EditorRequired]
    public string FromLabel { get; set; } = "";

    /// <summary>What the second schedule is called here.</summary>
    [Parameter, EditorRequired]
    public string ToLabel { get; set; } = "";

    private static string MarkOf(PhaseDiffKind kind) => kind switch
    {
        PhaseDiffKind.Added => "+",
        PhaseDiffKind.Removed => "−",
        PhaseDiffKind.Changed => "≠",
        _ => "=",
    };
}
