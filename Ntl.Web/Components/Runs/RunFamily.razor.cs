using Microsoft.AspNetCore.Components;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>What a run branches off, what branches off it, and the experiment that it is part of.</summary>
public sealed partial class RunFamily
{
    [Parameter, EditorRequired]
    public RunDetail Detail { get; set; } = null!;
}
