using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Schedules;

/// <summary>What became of a change of the library.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Message">One sentence for the person who asked.</param>
/// <param name="Saved">The schedule as it is stored now, with its current version: after the change, or, in a conflict, after the faster one's. Null when there is none.</param>
/// <param name="Problems">By field; empty unless the result is <see cref="SaveResult.Invalid"/>.</param>
/// <param name="Missed">In a conflict over versions: from the version that was expected to the current one; null else.</param>
public sealed record SaveOutcome(SaveResult Result, string Message, SavedSchedule? Saved, IReadOnlyList<SpecProblem> Problems, ScheduleDiff? Missed = null)
{
    /// <summary>Whether what was asked for is what is stored now.</summary>
    public bool IsStored => Result is SaveResult.Saved or SaveResult.Unchanged;
}
