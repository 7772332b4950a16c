namespace Ntl.Web.Components.Layout;

public sealed partial class ShortcutList
{
    private static readonly (string[] Keys, string Meaning)[] s_shortcuts =
    [
        (["g", "h"], "Home"),
        (["g", "r"], "Runs"),
        (["g", "n"], "New run"),
        (["g", "s"], "Schedules"),
        (["g", "e"], "Experiments"),
        (["g", "w"], "Laws"),
        (["g", "l"], "Lab"),
        (["g", "d"], "Data"),
        (["t"], "Theme: system, light, dark"),
        (["?"], "This list"),
        (["+", "−"], "In a chart: zoom in, zoom out"),
        (["0"], "In a chart: show all"),
        (["←", "→"], "In a chart: move the cursor; with Shift, pan"),
    ];
}
