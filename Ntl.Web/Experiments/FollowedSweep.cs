using Ntl.Domain.Experiments;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>A sweep whose rule is watched: its members' specs and the losses at their rungs, each read once.</summary>
internal sealed class FollowedSweep
{
    private readonly Dictionary<RunId, RunSpec> _specs = [];
    private readonly Dictionary<RunId, Dictionary<long, double>> _losses = [];

    /// <summary>The sweep's rule; null when it stops nothing.</summary>
    public SweepStopRule? Rule { get; private set; }

    /// <summary>Learns a member.</summary>
    public void Add(RunId id, RunSpec spec)
    {
        _specs[id] = spec;
        _losses[id] = [];
        Rule ??= spec.Experiment?.Sweep?.Stop;
    }

    /// <summary>Whether a member is known.</summary>
    public bool Knows(RunId id) => _specs.ContainsKey(id);

    /// <summary>Whether a row has come to a rung whose loss has not been read, or is a member that is not known.</summary>
    public bool IsNews(RunRow row) => !Knows(row.Id) || (Rule is not null && Due(row).Any());

    /// <summary>Reads the losses of rungs that a member has come to.</summary>
    public async Task ReadAsync(ISeriesQueries series, RunRow row, CancellationToken cancellationToken)
    {
        HashSet<long> due = [.. Due(row)];
        if (due.Count == 0)
        {
            return;
        }

        await foreach (var part in series.ReadAllAsync(row.Id, [MetricKeys.ValidationLoss.Value], cancellationToken))
        {
            foreach (var (step, loss) in part.Steps.Zip(part.Values).Where(point => point.First < part.VisibleUntilStep && due.Contains(point.First)))
            {
                _losses[row.Id][step] = loss;
            }
        }
    }

    /// <summary>How far a member has come.</summary>
    public SweepStanding StandingOf(RunRow row, bool wasStopped) => new(row.Id, _specs[row.Id], StateOf(row, wasStopped), _losses[row.Id]);

    // A validation is stored before the update of its step.
    private IEnumerable<long> Due(RunRow row) => Rule!.Steps(_specs[row.Id]).Where(step => row.StepsDone > step && !_losses[row.Id].ContainsKey(step));

    private static SweepState StateOf(RunRow row, bool wasStopped) => row.Status switch
    {
        RunStatus.Failed or RunStatus.Cancelled => SweepState.EndedEarly,
        RunStatus.Finished or RunStatus.Paused => SweepState.Kept,
        _ when wasStopped || row.PendingAction is not null || row.EntryId is not null => SweepState.Kept,
        _ => SweepState.Open,
    };
}
