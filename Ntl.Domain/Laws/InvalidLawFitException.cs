using Ntl.Domain.Runs;

namespace Ntl.Domain.Laws;

/// <summary>A text is not a stored fit.</summary>
/// <param name="problems">Everything wrong with it.</param>
public sealed class InvalidLawFitException(IReadOnlyList<SpecProblem> problems)
    : FormatException(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Path}: {problem.Message}")))
{
    /// <summary>Everything wrong, with the fields' paths.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; } = problems;
}
