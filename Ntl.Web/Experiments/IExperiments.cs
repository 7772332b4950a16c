using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>Standard experiments: runs that test one law together, most of them off one checkpoint. An experiment is all runs that name its id.</summary>
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

    /// <summary>Queues all runs of a plan that was laid out elsewhere, such as a suggestion's, or none.</summary>
    /// <returns>Every problem that keeps them from being queued; empty when all are.</returns>
    Task<IReadOnlyList<SpecProblem>> QueueAsync(ExperimentPlan plan, CancellationToken cancellationToken);

    /// <summary>Cancels every run of the experiment that has not ended.</summary>
    Task<CommandOutcome> CancelAsync(string id, CancellationToken cancellationToken);
}
