using Microsoft.AspNetCore.Components;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Says why something was not saved, where no single field is to blame.</summary>
public sealed partial class SaveNotice
{
    /// <summary>How the last attempt ended; null before the first.</summary>
    [Parameter]
    public SaveOutcome? Outcome { get; set; }

    /// <summary>What kept the store from taking it; null when nothing did.</summary>
    [Parameter]
    public string? Fault { get; set; }

    /// <summary>What can be done about a conflict.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
