using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>Loss curves imported from files.</summary>
public interface IImportedCurves
{
    /// <summary>All of them, newest first.</summary>
    Task<IReadOnlyList<ImportedCurve>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A curve with its samples; null when there is none.</summary>
    Task<SourceCurve?> ReadAsync(RunId id, CancellationToken cancellationToken);

    /// <summary>Reads a file and keeps its curves; what is none, beside others that are, is left out and told.</summary>
    Task<CurveImportOutcome> ImportAsync(CurveImport file, CancellationToken cancellationToken);

    /// <summary>Forgets a curve; fits that were made with it stay.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(RunId id, CancellationToken cancellationToken);
}
