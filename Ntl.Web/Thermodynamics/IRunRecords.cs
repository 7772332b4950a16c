using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Web.Thermodynamics;

/// <summary>Reads runs with all their points, as laws and reports need them.</summary>
public interface IRunRecords
{
    /// <summary>A run as it is stored now; null when there is no such run.</summary>
    Task<RunRecord?> FindAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>A run with its validation losses alone, as a sweep of hundreds needs it; null when there is no such run.</summary>
    Task<RunRecord?> FindLossesAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>α of a run in equilibrium, as its branches need it; null where it is not known.</summary>
    Task<Estimate?> EquilibriumAsync(RunId run, CancellationToken cancellationToken);
}
