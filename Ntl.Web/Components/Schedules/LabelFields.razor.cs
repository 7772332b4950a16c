using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Schedules;

/// <summary>Name, owner, tags and notes of a schedule.</summary>
public sealed partial class LabelFields
{
    [Parameter, EditorRequired]
    public LabelDraft Draft { get; set; } = null!;

    /// <summary>Begins the fields' ids, so that two forms can stand on one page.</summary>
    [Parameter, EditorRequired]
    public string Prefix { get; set; } = "";
}
