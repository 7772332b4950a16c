using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Says what keeps a branch from being queued: its trunk, the steps it shares with it, the checkpoint it begins from.</summary>
public sealed class BranchValidator(DatabaseReader reader, RunSpecs specs, TrunkCheckpoints checkpoints)
{
    private const int MostStepsNamed = 12;

    /// <summary>Checks a valid spec. A checkpoint that is there is held from now on, so that it is still there when the branch's turn comes.</summary>
    /// <param name="spec">The spec; one without a branch has no problems here.</param>
    /// <param name="planned">Runs that are to be queued before it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<IReadOnlyList<SpecProblem>> ValidateAsync(RunSpec spec, IReadOnlyDictionary<RunId, RunSpec> planned, CancellationToken cancellationToken)
    {
        if (spec.Branch is not { } branch)
        {
            return [];
        }

        var isPlanned = planned.TryGetValue(branch.Run, out var trunk);
        trunk ??= await specs.FindAsync(branch.Run, cancellationToken);
        if (trunk is null)
        {
            return [new SpecProblem("branch.run", $"There is no run {branch.Run} here to branch off.")];
        }

        List<SpecProblem> problems = [.. Differences(spec, branch, trunk)];
        if (problems.Count == 0 && !(isPlanned ? trunk.KeepsCheckpoint(branch.Step) : await HasOrWillHaveAsync(branch, trunk, cancellationToken)))
        {
            problems.Add(new SpecProblem("branch.step", NoCheckpoint(branch, trunk)));
        }

        return problems;
    }

    private static IEnumerable<SpecProblem> Differences(RunSpec spec, BranchSpec branch, RunSpec trunk)
    {
        if (!string.Equals(RunSpecJson.Hash(trunk), branch.SpecHash, StringComparison.Ordinal))
        {
            yield return new SpecProblem("branch.specHash", $"Run {branch.Run} has another spec: its hash is {RunSpecJson.Hash(trunk)}.");
        }

        if (spec.Model != trunk.Model)
        {
            yield return new SpecProblem("model", "A branch has its trunk's model: it begins with the trunk's weights.");
        }

        if (branch.Step <= trunk.FirstStep || branch.Step > trunk.TotalSteps)
        {
            yield return new SpecProblem("branch.step", FormattableString.Invariant($"Run {branch.Run} trains steps {trunk.FirstStep:N0} to {trunk.TotalSteps:N0}; a branch cannot begin at {branch.Step:N0}."));
        }
        else if (!spec.Schedule.First(branch.Step).Equals(trunk.Schedule.First(branch.Step)))
        {
            yield return new SpecProblem("schedule", FormattableString.Invariant($"The first {branch.Step:N0} steps must be those of run {branch.Run}: {trunk.Schedule.First(branch.Step).Description}."));
        }
    }

    private async Task<bool> HasOrWillHaveAsync(BranchSpec branch, RunSpec trunk, CancellationToken cancellationToken)
    {
        if (checkpoints.TryHold(branch.Run, trunk, branch.Step))
        {
            return true;
        }

        await using var context = reader.Open();
        var run = await context.Runs.Where(run => run.Id == branch.Run.Value).Select(run => new { run.Status, run.StepsDone }).SingleAsync(cancellationToken);
        return !run.Status.IsFinal() && run.StepsDone <= branch.Step && trunk.KeepsCheckpoint(branch.Step);
    }

    private string NoCheckpoint(BranchSpec branch, RunSpec trunk)
    {
        var there = checkpoints.Steps(branch.Run, trunk);
        var has = there.Count == 0 ? "It has none yet" : $"It has those of steps {string.Join(", ", there.TakeLast(MostStepsNamed).Select(Count))}";
        var keeps = trunk.KeptCheckpointIntervalSteps is { } interval ? $"keeps one every {Count(interval)} steps and its last" : "keeps its last";
        return $"Run {branch.Run} has no checkpoint of step {Count(branch.Step)}, and will not write one that stays. {has}, and {keeps}.";
    }

    private static string Count(long steps) => steps.ToString("N0", CultureInfo.InvariantCulture);
}
