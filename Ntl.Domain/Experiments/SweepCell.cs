using Ntl.Domain.Leaderboard.Statistics;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>One cell of a sweep as its members have come.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Members">One for each seed.</param>
/// <param name="Finals">Final losses of the members that have one; nats/token.</param>
/// <param name="Diverged">Members that diverged or exploded.</param>
internal sealed record SweepCell(SweepPlace Place, IReadOnlyList<RunRecord> Members, double[] Finals, int Diverged)
{
    /// <summary>Mean and spread; null before the first member has finished, and where a member diverged or exploded: that counts as ∞.</summary>
    public SampleMean? Loss { get; } = Finals.Length == 0 || Diverged > 0 ? null : SampleMean.Of(Finals);

    /// <summary>Whether every seed has its final loss.</summary>
    public bool IsWhole => Finals.Length == Members.Count;

    /// <summary>How many of the seeds count.</summary>
    public string Note => Diverged > 0 ? FormattableString.Invariant($"{Diverged} of {Members.Count} diverged") : IsWhole ? FormattableString.Invariant($"n {Finals.Length}") : FormattableString.Invariant($"{Finals.Length} of {Members.Count}");

    /// <summary>Members that the sweep's rule has stopped.</summary>
    public IEnumerable<RunRecord> Stopped => Members.Where(IsStopped);

    /// <summary>Whether the sweep's rule has ended it.</summary>
    public static bool IsStopped(RunRecord record) => record.EndedEarly?.StartsWith(SweepStopRule.ReasonStart, StringComparison.Ordinal) == true;

    /// <summary>Cells in the order of their first members.</summary>
    public static List<SweepCell> Of(IReadOnlyList<RunRecord> records) =>
    [
        .. records
            .Where(record => record.Spec.Experiment is { Kind: ExperimentKind.Sweep, Sweep: not null })
            .GroupBy(record => record.Spec.Experiment!.Sweep!.Cell, StringComparer.Ordinal)
            // What was stopped never counts as finished, whatever its points say.
            .Select(cell => new SweepCell(
                cell.First().Spec.Experiment!.Sweep!,
                [.. cell],
                [.. cell.Where(record => record.EndedEarly is null).Select(record => record.Final.Value).OfType<double>()],
                cell.Count(record => record.Final.HasDiverged))),
    ];
}
