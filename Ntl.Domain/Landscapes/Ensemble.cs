using System.Diagnostics.CodeAnalysis;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Landscapes;

/// <summary>Runs ensembles.</summary>
public static class Ensemble
{
    /// <summary>Runs an ensemble. The result does not depend on the number of threads.</summary>
    /// <param name="spec">A spec without problems.</param>
    /// <param name="threads">How many at most; 0 for one a core.</param>
    /// <param name="progress">Told the share that is done, in [0, 1], never falling, from any thread, one at a time.</param>
    /// <param name="cancellationToken">Stops within a few steps of a few replicas.</param>
    /// <exception cref="ArgumentException">The spec has problems.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EnsembleResult Run(EnsembleSpec spec, int threads = 0, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        TryRun(spec, out var result, out var problems, threads, progress, cancellationToken)
            ? result
            : throw new ArgumentException(string.Join(" ", problems.Select(problem => $"{problem.Path}: {problem.Message}")), nameof(spec));

    /// <summary>Runs an ensemble that a person made, or says all that is wrong with it.</summary>
    /// <param name="spec">Any spec.</param>
    /// <param name="result">What came of it, when there are no problems.</param>
    /// <param name="problems">Every problem with its field's path.</param>
    /// <param name="threads">How many at most; 0 for one a core.</param>
    /// <param name="progress">Told the share that is done, in [0, 1], never falling, from any thread, one at a time.</param>
    /// <param name="cancellationToken">Stops within a few steps of a few replicas.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static bool TryRun(
        EnsembleSpec spec,
        [NotNullWhen(true)] out EnsembleResult? result,
        out IReadOnlyList<SpecProblem> problems,
        int threads = 0,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        problems = spec.Validate();
        result = problems.Count == 0
            ? spec.Landscape.Run(spec, threads > 0 ? threads : Environment.ProcessorCount, progress, cancellationToken)
            : null;
        return result is not null;
    }
}
