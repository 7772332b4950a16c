using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Composer;

/// <summary>What a draft amounts to.</summary>
/// <param name="Spec">The run, or null while there are problems.</param>
/// <param name="Schedule">The schedule, once it is right, whatever is wrong elsewhere.</param>
/// <param name="Problems">All that is wrong, at most one message a field.</param>
internal sealed record DraftReading(RunSpec? Spec, ScheduleSpec? Schedule, IReadOnlyList<FieldProblem> Problems)
{
    public string? ProblemOf(string field) =>
        Problems.FirstOrDefault(problem => string.Equals(problem.Field, field, StringComparison.Ordinal))?.Message;
}
