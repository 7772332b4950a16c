namespace Ntl.Web.Components.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Label">Name in the legend.</param>
/// <param name="Color">Slot of the palette, 1 to 8.</param>
/// <param name="Stepped">Whether a value holds until the next one, as a learning rate does.</param>
/// <param name="Dashed">Whether the line is dashed: planned, not measured.</param>
public sealed record ChartLine(string Label, int Color, bool Stepped = false, bool Dashed = false);
