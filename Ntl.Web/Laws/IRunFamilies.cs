using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Laws;

/// <summary>Finds runs that one law may hold for.</summary>
public interface IRunFamilies
{
    /// <summary>The finished runs of a run's family, newest first, itself among them; empty when there is no such run.</summary>
    Task<IReadOnlyList<RunRow>> ListAsync(RunId run, CancellationToken cancellationToken);
}
