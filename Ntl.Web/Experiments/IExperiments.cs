using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>Standard experiments: runs that branch off one checkpoint and test one law together. An experiment is all runs that name its id.</summary>
public interface IExperiments
{
    /// <summary>One page of the experiments, newest first.</summary>
    Task<ExperimentPage> ListAsync(int skip, int take, CancellationToken cancellationToken);

    /// <summary>An experiment with its runs; null when no run names this id.</summary>
    Task<ExperimentDetail?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lays an experiment out without queueing it, to show its runs and their cost.</summary>
    Task<ExperimentProposal> ProposeAsync(ExperimentRequest request, CancellationToken cancellationToken);

    /// <summary>Queues all runs of a plan, or none.</summary>
    /// <returns>What keeps them from being queued, with the proposal's plan or without it.</returns>
    Task<ExperimentProposal> QueueAsync(ExperimentRequest request, CancellationToken cancellationToken);

    /// <summary>Cancels every run of the experiment that has not ended.</summary>
    Task<CommandOutcome> CancelAsync(string id, CancellationToken cancellationToken);
}
