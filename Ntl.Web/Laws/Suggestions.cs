using Ntl.Domain.Experiments;
using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Lab;
using Ntl.Web.Experiments;
using Ntl.Web.Persistence;

namespace Ntl.Web.Laws;

/// <inheritdoc cref="ISuggestions"/>
internal sealed class Suggestions(ILawFits fits, IExperiments experiments, RunSpecs specs, LabGate gate) : ISuggestions
{
    public async Task<SuggestionOutcome> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<SpecProblem> problems = [.. ScheduleAdvisor.Validate(request.Constraints, request.Baseline)];
        if (await fits.FindAsync(request.FitId, cancellationToken) is not { } saved || await fits.ReadAsync(request.FitId, cancellationToken) is not { } fit)
        {
            problems.Add(new("fit", $"There is no saved fit '{request.FitId}'."));
            return new(null, problems);
        }

        if (problems.Count > 0)
        {
            return new(null, problems);
        }

        using var place = await gate.EnterAsync(cancellationToken);
        var advice = await Task.Run(() => ScheduleAdvisor.Suggest(fit, request.Constraints, request.Baseline, cancellationToken), cancellationToken);
        return new(new(saved, request.Constraints, advice), []);
    }

    public async Task<ExperimentProposal> ProposeAsync(Suggestion suggestion, RunId? template, IReadOnlyList<long> seeds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        // Runs are listed as they were chosen; an identity does not tell its age, so the last one is as good as any of a family.
        var run = template ?? suggestion.Fit.Sources.Where(source => source.Curve.Origin == CurveOrigin.Run).Select(source => (RunId?)source.Curve.Id).LastOrDefault();
        if (run is not { } id)
        {
            return new(null, [new SpecProblem("run", "The fit was made of imported curves alone; name the run whose model and data are to be trained.")]);
        }

        if (await specs.FindAsync(id, cancellationToken) is not { } spec)
        {
            return new(null, [new SpecProblem("run", $"There is no run {id} here to take the model and data from.")]);
        }

        var problems = SuggestionPlan.Validate(suggestion.Suggested, suggestion.Baseline, seeds);
        return problems.Count > 0 ? new(null, problems) : new(SuggestionPlan.Create(spec, suggestion.Suggested, suggestion.Baseline, seeds, RunId.New), []);
    }

    public async Task<ExperimentProposal> QueueAsync(Suggestion suggestion, RunId? template, IReadOnlyList<long> seeds, CancellationToken cancellationToken)
    {
        var proposal = await ProposeAsync(suggestion, template, seeds, cancellationToken);
        if (proposal.Plan is not { } plan)
        {
            return proposal;
        }

        var problems = await experiments.QueueAsync(plan, cancellationToken);
        return problems.Count == 0 ? proposal : new(null, problems);
    }
}
