using Ntl.Domain.Runs;

namespace Ntl.Web.Comparison;

/// <summary>One line of a comparison's charts, and one row of its table.</summary>
/// <param name="Id">As in URLs: a run's id, or a group's, which begins with <c>g-</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="Color">Slot of the palette, 1 to 8.</param>
/// <param name="Dash">Pattern of its dashes; 0 for none.</param>
/// <param name="Panel">The panel that it is drawn in; null where all share one.</param>
/// <param name="Runs">One run, or the group's.</param>
public sealed record ComparisonLine(string Id, string Label, int Color, int Dash, string? Panel, IReadOnlyList<ComparedRun> Runs)
{
    public IEnumerable<RunId> RunIds => Runs.Select(run => run.Id);
}
