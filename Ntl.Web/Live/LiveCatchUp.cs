using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Live;

/// <summary>Brings a viewer up to date from the database, whatever it has missed.</summary>
public sealed class LiveCatchUp(DatabaseReader reader, RunSpecs specs)
{
    /// <summary>Begins a viewer of a run; null when there is no such run.</summary>
    public async Task<LiveViewer?> OpenAsync(RunId run, SeriesAxis axis, CancellationToken cancellationToken) =>
        await specs.FindAsync(run, cancellationToken) is { } spec ? new LiveViewer(reader, run, spec, axis) : null;
}
