using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>A schedule was asked for that cannot be.</summary>
/// <param name="problems">Everything wrong with it.</param>
public sealed class InvalidScheduleException(IReadOnlyList<SpecProblem> problems)
    : ArgumentException(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Path}: {problem.Message}")))
{
    /// <summary>Everything wrong, with the fields' paths.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; } = problems;
}
