namespace Ntl.Web.Components.Layout;

public sealed partial class ShortcutList
{
    private static readonly (string[] Keys, string Meaning)[] s_shortcuts =
    [
        (["g", "h"], "Home"),
        (["g", "r"], "Runs"),
        (["g", "n"], "New run"),
        (["g", "p"], "Compare"),
        (["g", "s"], "Schedules"),
        (["g", "c"], "Compose"),
        (["g", "e"], "Experiments"),
        (["g", "w"], "Laws"),
        (["g", "l"], "Lab"),
        (["g", "d"], "Data"),
        (["t"], "Theme: system, light, dark"),
        (["?"], "This list"),
        (["+", "−"], "In a chart: zoom in, zoom out"),
        (["0"], "In a chart: show all"),
        (["←", "→"], "In a chart: move the cursor; with Shift, pan"),
        (["Ctrl", "Z"], "Composing: undo; with Shift, redo"),
        (["a"], "Composing: add a hold"),
        (["s"], "Composing: split the phase"),
        (["d"], "Composing: duplicate the phase"),
        (["m"], "Composing: merge it with the next"),
        (["Delete"], "Composing: remove the phase"),
        (["f"], "Composing: draw by hand"),
        (["n"], "Composing: snap on, off"),
        (["p"], "Composing: pin to compare"),
        (["q"], "Composing: queue a run"),
        (["←", "→"], "On a phase: select; with Shift, stretch (Alt: by one step); with Ctrl, move"),
        (["←", "→", "↑", "↓"], "On a handle: steps and rate; Shift goes far, Alt one step"),
    ];
}
