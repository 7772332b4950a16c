using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>Where a run stands, in a word, a colour and an icon.</summary>
public sealed partial class StatusChip
{
    [Parameter, EditorRequired]
    public RunStatus Status { get; set; }

    /// <summary>Why; shown on hover.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>What was asked for and not done yet.</summary>
    [Parameter]
    public RunAction? Pending { get; set; }

    private string Name => Status.ToString().ToLowerInvariant();

    private string Word => Pending switch
    {
        RunAction.Pause => "Pausing…",
        RunAction.Cancel => "Cancelling…",
        _ => Status.ToString(),
    };
}
