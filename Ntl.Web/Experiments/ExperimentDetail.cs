using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>An experiment as its own page shows it.</summary>
/// <param name="Experiment">Its runs.</param>
/// <param name="Memberships">Each member's part.</param>
public sealed record ExperimentDetail(ExperimentRow Experiment, IReadOnlyDictionary<RunId, ExperimentMembership> Memberships)
{
    /// <summary>The runs as a tree, each after the one that it branches off.</summary>
    public IReadOnlyList<ExperimentNode> Tree()
    {
        List<ExperimentNode> nodes = [];
        var all = Experiment.Trunks.Concat(Experiment.Members).ToList();
        var known = all.Select(run => run.Id).ToHashSet();
        foreach (var root in all.Where(run => run.Trunk is not { } trunk || !known.Contains(trunk)))
        {
            Add(root, 0);
        }

        return nodes;

        void Add(RunRow run, int depth)
        {
            nodes.Add(new ExperimentNode(run, depth, Memberships.GetValueOrDefault(run.Id)));
            foreach (var branch in all.Where(other => other.Trunk == run.Id))
            {
                Add(branch, depth + 1);
            }
        }
    }

    /// <summary>The same with rows that changed since.</summary>
    public ExperimentDetail With(IReadOnlyList<RunRow> changed) => this with { Experiment = Experiment.With(changed) };

    /// <summary>Whether a row is of the experiment or of a trunk of it.</summary>
    public bool Shows(RunRow row) => Memberships.ContainsKey(row.Id) || Experiment.Trunks.Any(trunk => trunk.Id == row.Id);
}
