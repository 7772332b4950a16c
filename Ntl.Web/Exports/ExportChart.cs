namespace Ntl.Web.Exports;

/// <summary>A chart of an exported page.</summary>
/// <param name="Title">What it shows, with the unit of y.</param>
/// <param name="XTitle">What x counts, with its unit.</param>
/// <param name="Lines">The lines.</param>
public sealed record ExportChart(string Title, string XTitle, IReadOnlyList<ExportLine> Lines)
{
    /// <summary>What y measures, with its unit; empty for none.</summary>
    public string YTitle { get; init; } = "";

    /// <summary>Whether the values are learning rates.</summary>
    public bool IsRate { get; init; }

    public bool LogX { get; init; }

    public bool LogY { get; init; }

    /// <summary>Whether points are drawn and no line between them.</summary>
    public bool IsScatter { get; init; }

    /// <summary>What band and lines are; empty for nothing to say.</summary>
    public string Note { get; init; } = "";
}
