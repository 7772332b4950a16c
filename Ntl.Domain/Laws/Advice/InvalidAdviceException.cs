using Ntl.Domain.Runs;

namespace Ntl.Domain.Laws.Advice;

/// <summary>A schedule was sought under constraints that cannot be, or against a baseline that cannot be compared.</summary>
/// <param name="problems">Everything wrong.</param>
public sealed class InvalidAdviceException(IReadOnlyList<SpecProblem> problems)
    : ArgumentException(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Path}: {problem.Message}")))
{
    /// <summary>Everything wrong, with the fields' paths.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; } = problems;
}
