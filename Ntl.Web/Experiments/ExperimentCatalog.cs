using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <inheritdoc cref="IExperiments"/>
internal sealed class ExperimentCatalog(DatabaseReader reader, RunSpecs specs, IRunCommands commands) : IExperiments
{
    private const int LongestPage = 200;

    public async Task<ExperimentPage> ListAsync(int skip, int take, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var grouped = context.Runs.Where(run => run.ExperimentId != null).GroupBy(run => run.ExperimentId!);
        var total = await grouped.CountAsync(cancellationToken);
        var ids = await grouped.Select(runs => new { Id = runs.Key, Created = runs.Min(run => run.CreatedTicks) })
            .OrderByDescending(experiment => experiment.Created).ThenBy(experiment => experiment.Id)
            .Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, LongestPage))
            .Select(experiment => experiment.Id)
            .ToListAsync(cancellationToken);
        return new ExperimentPage(await ReadAsync(context, ids, cancellationToken), total);
    }

    public async Task<ExperimentDetail?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ExperimentRow row;
        await using (var context = reader.Open())
        {
            if (await ReadAsync(context, [id], cancellationToken) is not [var found])
            {
                return null;
            }

            row = found;
        }

        var memberships = ImmutableDictionary.CreateBuilder<RunId, ExperimentMembership>();
        foreach (var member in row.Members)
        {
            memberships.Add(member.Id, (await specs.FindAsync(member.Id, cancellationToken))!.Experiment!);
        }

        return new ExperimentDetail(row, memberships.ToImmutable());
    }

    public async Task<ExperimentProposal> ProposeAsync(ExperimentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Enum.IsDefined(request.Kind))
        {
            return Refused("kind", $"There is no experiment {request.Kind}.");
        }

        if (!ExperimentKinds.IsOffACheckpoint(request.Kind))
        {
            return Refused("kind", request.Kind == ExperimentKind.Sweep
                ? "A sweep begins with a run's settings, not with a checkpoint: /api/v1/experiments/sweep."
                : "A suggestion begins with a fitted law, not with a checkpoint: /api/v1/laws/suggest.");
        }

        if (await specs.FindAsync(request.Run, cancellationToken) is not { } trunk)
        {
            return Refused("run", $"There is no run {request.Run} here to branch off.");
        }

        if (request.Step <= trunk.FirstStep || request.Step > trunk.TotalSteps)
        {
            return Refused("step", FormattableString.Invariant($"Run {request.Run} trains steps {trunk.FirstStep:N0} to {trunk.TotalSteps:N0}; an experiment cannot begin at {request.Step:N0}."));
        }

        try
        {
            return new ExperimentProposal(ExperimentPlan.Create(request.Kind, new ExperimentTrunk(request.Run, trunk, request.Step), request.Options, RunId.New), []);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            var isStep = string.Equals(exception.ParamName, "trunk", StringComparison.Ordinal);
            return Refused(isStep ? "step" : "options", isStep ? $"The rate at step {request.Step} of run {request.Run} is 0: there is no heat to measure." : exception.Message.Split(" (Parameter", 2)[0]);
        }
        catch (InvalidScheduleException exception)
        {
            return Refused("options", exception.Problems[0].Message);
        }
    }

    public async Task<ExperimentProposal> QueueAsync(ExperimentRequest request, CancellationToken cancellationToken)
    {
        var proposal = await ProposeAsync(request, cancellationToken);
        if (proposal.Plan is not { } plan)
        {
            return proposal;
        }

        var problems = await QueueAsync(plan, cancellationToken);
        return problems.Count == 0 ? proposal : new ExperimentProposal(null, problems);
    }

    public Task<IReadOnlyList<SpecProblem>> QueueAsync(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return commands.CreateManyAsync([.. plan.Members.Select(member => new NewRun(member.Id, member.Spec))], null, cancellationToken);
    }

    public async Task<CommandOutcome> CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } detail)
        {
            return new CommandOutcome(CommandResult.NotFound, $"There is no experiment '{id}'.");
        }

        var cancelled = 0;
        foreach (var member in detail.Experiment.Members.Where(member => !member.Status.IsFinal()))
        {
            cancelled += (await commands.CancelAsync(member.Id, cancellationToken)).IsAccepted ? 1 : 0;
        }

        return cancelled == 0
            ? new CommandOutcome(CommandResult.Refused, "Every run of the experiment has ended, or was asked to already.")
            : new CommandOutcome(CommandResult.Accepted, cancelled == 1 ? "One run is being cancelled." : FormattableString.Invariant($"{cancelled} runs are being cancelled."));
    }

    private static ExperimentProposal Refused(string path, string message) => new(null, [new SpecProblem(path, message)]);

    // Two statements, however many experiments: their runs, and the runs that these branch off.
    private static async Task<IReadOnlyList<ExperimentRow>> ReadAsync(NtlDbContext context, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var members = await RunRows.ReadAsync(
            context, context.Runs.Where(run => ids.Contains(run.ExperimentId!)).OrderBy(run => run.CreatedTicks).ThenBy(run => run.Id), cancellationToken);
        var trunkIds = members.Where(member => member.Trunk is not null).Select(member => member.Trunk!.Value.Value).Distinct(StringComparer.Ordinal).ToList();
        var trunks = await RunRows.ReadAsync(context, context.Runs.Where(run => trunkIds.Contains(run.Id)), cancellationToken);
        return [.. ids.Select(id => RowOf(id, [.. members.Where(member => string.Equals(member.ExperimentId, id, StringComparison.Ordinal))], trunks)).OfType<ExperimentRow>()];
    }

    private static ExperimentRow? RowOf(string id, IReadOnlyList<RunRow> members, IReadOnlyList<RunRow> trunks) =>
        members.Count == 0
            ? null
            : new ExperimentRow(
                id,
                members[0].ExperimentKind!.Value,
                members,
                [.. trunks.Where(trunk => members.Any(member => member.Trunk == trunk.Id) && members.All(member => member.Id != trunk.Id))]);
}
