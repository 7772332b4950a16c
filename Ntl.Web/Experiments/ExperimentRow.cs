using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>An experiment as a list shows it: its runs and the runs that they branch off, whose steps are not the experiment's.</summary>
/// <param name="Id">Ten characters, formed like a run's.</param>
/// <param name="Kind">Which experiment.</param>
/// <param name="Members">In the order in which they were queued.</param>
/// <param name="Trunks">Runs outside the experiment that members branch off.</param>
public sealed record ExperimentRow(string Id, ExperimentKind Kind, IReadOnlyList<RunRow> Members, IReadOnlyList<RunRow> Trunks)
{
    public DateTimeOffset CreatedAt => Members.Min(member => member.CreatedAt);

    /// <summary>Steps that the members train themselves: a trunk's are counted where it is, once.</summary>
    public long OwnSteps => Members.Sum(member => member.OwnSteps);

    /// <summary>Of <see cref="OwnSteps"/>, those done.</summary>
    public long OwnStepsDone => Members.Sum(member => Math.Max(0, member.StepsDone - member.FirstStep));

    /// <summary>Share of its own steps done, in [0, 1].</summary>
    public double Progress => OwnSteps == 0 ? 0 : Math.Min(1.0, (double)OwnStepsDone / OwnSteps);

    public int FinishedCount => Members.Count(member => member.Status == RunStatus.Finished);

    /// <summary>Members that ended without finishing.</summary>
    public int EndedEarlyCount => Members.Count(member => member.Status is RunStatus.Failed or RunStatus.Cancelled);

    /// <summary>The same with rows that changed since.</summary>
    public ExperimentRow With(IReadOnlyList<RunRow> changed) => this with { Members = Newer(Members, changed), Trunks = Newer(Trunks, changed) };

    public bool IsFinal => Members.All(member => member.Status.IsFinal());

    private static RunRow[] Newer(IReadOnlyList<RunRow> rows, IReadOnlyList<RunRow> changed) =>
        [.. rows.Select(row => changed.LastOrDefault(newer => newer.Id == row.Id) ?? row)];
}
