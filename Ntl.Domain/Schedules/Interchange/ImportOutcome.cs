using System.Collections.Immutable;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules.Interchange;

/// <summary>What came of reading a schedule from elsewhere: the schedule, or everything that is wrong.</summary>
/// <param name="Format">The format that was read; null where none was recognised.</param>
/// <param name="Schedule">Null when there are problems.</param>
/// <param name="Notes">How the source counts its steps, what was assumed, and where the schedule differs from it.</param>
/// <param name="Problems">Every problem, with its field's path, or <c>line 3</c> of a CSV.</param>
public sealed record ImportOutcome(ImportFormat? Format, ScheduleSpec? Schedule, ImmutableArray<string> Notes, ImmutableArray<SpecProblem> Problems)
{
    /// <summary>
    /// The largest difference from the source's own formula, in double precision, over all steps up to a million, or as many spread evenly; absolute. Null when there are problems.
    /// </summary>
    public double? LargestDifference { get; init; }
}
