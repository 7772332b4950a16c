using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Leaderboard;
using Ntl.Web.Persistence;

namespace Ntl.Web.Experiments;

/// <inheritdoc cref="ISweeps"/>
internal sealed class Sweeps(IExperiments experiments, RunSpecs specs) : ISweeps
{
    public async Task<ExperimentProposal> ProposeAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await specs.FindAsync(request.Run, cancellationToken) is not { } template)
        {
            return new(null, [new SpecProblem("run", $"There is no run {request.Run} here to sweep from.")]);
        }

        var design = new SweepDesign(template, request.Knobs, request.SeedCount, request.Stop);
        return await Task.Run(() => Plan(design), cancellationToken);
    }

    public async Task<ExperimentProposal> QueueAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        var proposal = await ProposeAsync(request, cancellationToken);
        if (proposal.Plan is not { } plan)
        {
            return proposal;
        }

        var problems = await experiments.QueueAsync(plan, cancellationToken);
        return problems.Count == 0 ? proposal : new(null, problems);
    }

    private static ExperimentProposal Plan(SweepDesign design)
    {
        if (SweepPlan.Validate(design) is { Count: > 0 } problems)
        {
            return new(null, problems);
        }

        HashSet<long> seeds = [];
        while (seeds.Count < design.SeedCount)
        {
            seeds.Add(SeedDraw.Seed());
        }

        return new(SweepPlan.Create(design, [.. seeds], RunId.New), []);
    }
}
