using System.Collections.Immutable;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Laws.Curves;

/// <summary>What a file held, or why nothing could be read.</summary>
/// <param name="Format">What the file was taken for; null where it could not be told.</param>
/// <param name="Curves">One per run, in the file's order; empty when there are problems.</param>
/// <param name="Series">Names of the columns, metrics or tags that a loss or a rate could be read from, to choose among.</param>
/// <param name="Notes">What the reader should know of the curves, a sentence each: which series were taken, and what was left out, with its
/// steps.</param>
/// <param name="Problems">By field: <c>file</c>, <c>loss</c>, <c>rate</c> or <c>step</c>; empty when there are curves.</param>
public sealed record CurveFileOutcome(
    CurveFileFormat? Format, ImmutableArray<CurveSamples> Curves, ImmutableArray<string> Series, ImmutableArray<string> Notes, ImmutableArray<SpecProblem> Problems)
{
    /// <summary>What was taken as the loss; null when there are problems.</summary>
    public string? LossColumn { get; init; }

    /// <summary>What was taken as the learning rate; null where the file has none.</summary>
    public string? RateColumn { get; init; }

    /// <summary>What was taken as the step; null for event files.</summary>
    public string? StepColumn { get; init; }

    /// <summary>The file's other runs, which are no curves.</summary>
    public ImmutableArray<LeftOutCurve> LeftOut { get; init; } = [];
}
