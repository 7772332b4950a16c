using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Layout;

/// <summary>A line icon drawn for Ntl on a 24 × 24 grid. Always decorative: the words beside it, or the button's label, say the meaning.</summary>
public sealed partial class Icon
{
    private static readonly FrozenDictionary<string, string> s_paths = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // A schedule: warm-up, plateau, decay.
        ["brand"] = "M3 20 6.5 5H13c3.5 0 4.5 9 8 13.5M3 20h18",
        ["home"] = "M4 11.5 12 5l8 6.5M6 10.5V19h4.5v-5h3v5H18v-8.5",
        ["runs"] = "M4 6h16M4 12h16M4 18h10",
        ["new"] = "M12 5v14M5 12h14",
        // One curve, and what became of it.
        ["schedules"] = "M3.5 20 7 10h5c3.5 0 4 7 8.5 10M3.5 13 7 4h7c3.5 0 4 4 6.5 7",
        ["archive"] = "M4 5h16v4H4ZM5.5 9v10h13V9M10 13h4",
        // A valley with a walker on its side.
        ["lab"] = "M3.5 5c2.2 0 3.2 14 8.5 14S18.3 5 20.5 5M16.9 8.2v.01M8 22h8",
        // A balance: what is measured against what is expected.
        ["laws"] = "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5ZM19 7l-2.5 6h5Z",
        // A curve with its handles.
        ["compose"] = "M3 19 7.5 7H13c3 0 4 7.5 8 10.5M7.5 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4ZM13 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z",
        ["undo"] = "M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9",
        ["redo"] = "m16 5 4 4-4 4M20 9h-9.5a5.5 5.5 0 0 0 0 11H15",
        ["dice"] = "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2ZM8.5 8.5v.01M15.5 8.5v.01M12 12v.01M8.5 15.5v.01M15.5 15.5v.01",
        ["unsure"] = "M12 16.5v.01M9.5 9.3A2.6 2.6 0 1 1 12 12v1.2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z",
        ["tracks"] = "M5 20v-7h4v7M10 20V7h4v13M15 20v-4h4v4M12 3v.01",
        ["branch"] = "M4 12h5M9 12c4 0 4-6.5 8-6.5h3M9 12c4 0 4 6.5 8 6.5h3M9 12h11",
        ["data"] = "M5 6.5C5 5 8 4 12 4s7 1 7 2.5S16 9 12 9 5 8 5 6.5ZM5 6.5v11C5 19 8 20 12 20s7-1 7-2.5v-11M5 12c0 1.5 3 2.5 7 2.5s7-1 7-2.5",
        ["theme"] = "M12 4v16a8 8 0 0 0 0-16ZM12 4a8 8 0 0 0 0 16",
        ["keyboard"] = "M3 7h18v10H3ZM7 10.5h.01M11 10.5h.01M15 10.5h.01M17.5 10.5h.01M7.5 13.8h9",
        ["failed"] = "M12 8v5M12 16.2v.01M12 3.5 21.5 20h-19Z",
        ["finished"] = "m5 12.5 4.5 4.5L19 7.5",
        ["running"] = "M8 5.5v13l10.5-6.5Z",
        ["paused"] = "M9 6v12M15 6v12",
        ["queued"] = "M12 7v5l3 2M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z",
        ["cancelled"] = "M7 7l10 10M17 7 7 17",
        ["interrupted"] = "M4 12h4l2-5 3 10 2-5h5",
        ["starting"] = "M12 4a8 8 0 1 1-8 8",
        ["requeue"] = "M4.5 12a7.5 7.5 0 1 1 2.4 5.5M4.5 18v-4.5H9",
        ["clone"] = "M9 9h10v10H9ZM5 15V5h10",
        ["copy"] = "M9 9h10v10H9ZM5 15V5h10",
        ["search"] = "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM15.5 15.5 20 20",
        ["table"] = "M4 5h16v14H4ZM4 10h16M10 5v14",
        ["image"] = "M4 5h16v14H4ZM4 16l5-5 4 4 2.5-2.5L20 17",
        ["vector"] = "M5 19 19 5M3.5 17.5h3v3h-3ZM17.5 3.5h3v3h-3ZM5 5h6M19 19h-6",
        // Two curves over one another.
        ["compare"] = "M4 5v15h16M6.5 8c4 0 4.5 8 13 8.5M6.5 13.5c4 0 6-8 13-8.5",
        ["pin"] = "M9 4h6l-1 6 3 3H7l3-3ZM12 13v7",
        ["download"] = "M12 4v11M7.5 11 12 15.5 16.5 11M5 19.5h14",
        ["log"] = "M5 20 9 4M9 4c0 9 6 12 11 12",
        ["fit"] = "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
        ["upload"] = "M12 15.5V4.5M7.5 9 12 4.5 16.5 9M5 19.5h14",
        ["plus"] = "M12 5v14M5 12h14",
        ["remove"] = "M5 12h14",
        ["up"] = "m6 14 6-6 6 6",
        ["down"] = "m6 10 6 6 6-6",
        ["left"] = "m14 6-6 6 6 6",
        ["right"] = "m10 6 6 6-6 6",
        ["clock"] = "M12 7v5l3 2M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z",
        ["memory"] = "M7 7h10v10H7ZM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Which icon; an unknown name is an error.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Side in CSS pixels.</summary>
    [Parameter]
    public int Size { get; set; } = 20;

    private string Path => s_paths[Name];
}
