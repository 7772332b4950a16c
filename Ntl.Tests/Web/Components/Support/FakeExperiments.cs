using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Experiments;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>Experiments and checkpoints in memory behind the ports that pages use.</summary>
internal sealed class FakeExperiments : IExperiments, ISweeps, ITrunkCheckpoints
{
    public List<ExperimentDetail> Details { get; } = [];

    public List<CheckpointRow> Checkpoints { get; } = [];

    public List<ExperimentRequest> Requests { get; } = [];

    public List<ExperimentPlan> Plans { get; } = [];

    public Task<ExperimentPage> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
        Task.FromResult(new ExperimentPage([.. Details.Select(detail => detail.Experiment).Skip(skip).Take(take)], Details.Count));

    public Task<ExperimentDetail?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Details.Find(detail => detail.Experiment.Id == id));

    public Task<ExperimentProposal> ProposeAsync(ExperimentRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(new ExperimentProposal(ExperimentPlan.Create(request.Kind, new ExperimentTrunk(request.Run, FakeRuns.Spec, request.Step), request.Options, RunId.New), []));
    }

    public Task<ExperimentProposal> QueueAsync(ExperimentRequest request, CancellationToken cancellationToken) => ProposeAsync(request, cancellationToken);

    public Task<IReadOnlyList<SpecProblem>> QueueAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        Plans.Add(plan);
        return Task.FromResult<IReadOnlyList<SpecProblem>>([]);
    }

    public Task<ExperimentProposal> ProposeAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        var design = new SweepDesign(FakeRuns.Spec, request.Knobs, request.SeedCount, request.Stop);
        var problems = SweepPlan.Validate(design);
        return Task.FromResult(problems.Count > 0
            ? new ExperimentProposal(null, problems)
            : new ExperimentProposal(SweepPlan.Create(design, [.. Enumerable.Range(1, request.SeedCount).Select(seed => (long)seed)], RunId.New), []));
    }

    public Task<ExperimentProposal> QueueAsync(SweepRequest request, CancellationToken cancellationToken) => ProposeAsync(request, cancellationToken);

    public Task<CommandOutcome> CancelAsync(string id, CancellationToken cancellationToken) => Task.FromResult(new CommandOutcome(CommandResult.Accepted, "Done."));

    public Task<IReadOnlyList<CheckpointRow>?> ListAsync(RunId run, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckpointRow>?>(Checkpoints);
}
