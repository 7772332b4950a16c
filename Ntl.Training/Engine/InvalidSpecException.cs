using Ntl.Domain.Runs;

namespace Ntl.Training.Engine;

/// <summary>A run's spec cannot be trained; the message lists every problem.</summary>
/// <param name="path">The file.</param>
/// <param name="problems">What is wrong, field by field.</param>
public sealed class InvalidSpecException(string path, IReadOnlyList<SpecProblem> problems)
    : Exception($"'{path}' cannot be trained: {string.Join(" ", problems.Select(problem => problem.Path.Length > 0 ? $"{problem.Path}: {problem.Message}" : problem.Message))}")
{
    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; } = problems;
}
