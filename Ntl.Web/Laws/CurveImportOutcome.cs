using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>What became of an import.</summary>
/// <param name="Curves">The new curves, or those that the same file made before; empty when there are problems.</param>
/// <param name="Series">What the file has to choose from: columns, metrics or tags.</param>
/// <param name="Notes">What to know of the curves: which series were taken, and what was left out.</param>
/// <param name="Problems">By field: <c>file</c>, <c>loss</c>, <c>rate</c>, <c>step</c> or <c>schedule</c>.</param>
public sealed record CurveImportOutcome(
    IReadOnlyList<ImportedCurve> Curves, IReadOnlyList<string> Series, IReadOnlyList<string> Notes, IReadOnlyList<SpecProblem> Problems)
{
    /// <summary>What was taken as the loss; null when there are problems.</summary>
    public string? LossColumn { get; init; }

    /// <summary>What was taken as the learning rate; null where the file has none.</summary>
    public string? RateColumn { get; init; }

    /// <summary>What was taken as the step; null for event files.</summary>
    public string? StepColumn { get; init; }

    /// <summary>The file's other runs, which are no curves.</summary>
    public IReadOnlyList<LeftOutCurve> LeftOut { get; init; } = [];
}
