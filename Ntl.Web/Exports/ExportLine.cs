namespace Ntl.Web.Exports;

/// <summary>One line of an exported chart. The lists are of one length.</summary>
/// <param name="Label">Name in the legend.</param>
/// <param name="Color">Slot of the palette, 1 to 8.</param>
/// <param name="Dash">Pattern of its dashes, 0 to 3; 0 for none.</param>
/// <param name="X">Places, rising.</param>
/// <param name="Y">Values; what is not finite interrupts the line.</param>
public sealed record ExportLine(string Label, int Color, int Dash, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Smoothed values, drawn over the then faint line; null for none.</summary>
    public IReadOnlyList<double>? Smoothed { get; init; }

    /// <summary>Lower edge of a band; null for none.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper edge of a band; null for none.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>How many points of the full data the line stands for.</summary>
    public long TotalPoints { get; init; }
}
