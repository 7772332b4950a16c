namespace Ntl.Web.Experiments;

/// <summary>Grids over a run's settings, with the same seeds in every cell.</summary>
public interface ISweeps
{
    /// <summary>Lays a sweep out without queueing it; its seeds are not those that queueing draws.</summary>
    Task<ExperimentProposal> ProposeAsync(SweepRequest request, CancellationToken cancellationToken);

    /// <summary>Draws seeds and queues all runs, or none.</summary>
    Task<ExperimentProposal> QueueAsync(SweepRequest request, CancellationToken cancellationToken);
}
