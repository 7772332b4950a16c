using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Prediction;

/// <summary>The views of the laws, as links.</summary>
public sealed partial class LawTabs
{
    /// <summary>One of the views.</summary>
    public enum Tab
    {
        Tests,
        Prediction,
        Suggestion,
    }

    [Parameter, EditorRequired]
    public Tab Current { get; set; }
}
