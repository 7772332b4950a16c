using Ntl.Domain.Laws;

namespace Ntl.Web.Laws;

/// <summary>Saved fits: written once, never changed.</summary>
public interface ILawFits
{
    /// <summary>All of them, newest first.</summary>
    Task<IReadOnlyList<SavedFit>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A fit as lists show it; null when there is none.</summary>
    Task<SavedFit?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The fitted law itself; null when there is none.</summary>
    Task<LawFit?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Keeps a fit.</summary>
    /// <param name="name">1 to 120 characters.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="sources">The curves that it was made of.</param>
    /// <param name="cancellationToken">Ends the wait; the fit may still be kept.</param>
    Task<FitOutcome> SaveAsync(string name, LawFit fit, IReadOnlyList<SourceCurve> sources, CancellationToken cancellationToken);
}
