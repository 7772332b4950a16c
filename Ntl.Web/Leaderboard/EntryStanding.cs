using Ntl.Domain.Leaderboard;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;

namespace Ntl.Web.Leaderboard;

/// <summary>An entry on the board: what it is, what its runs did, and what the rules make of it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Row">Its row under the rules.</param>
/// <param name="Runs">Its runs, those of robustness batches among them.</param>
/// <param name="Rules">The rules that ranked it.</param>
/// <param name="Seeds">Its seeds that count, as the rules judge them.</param>
public sealed record EntryStanding(SavedEntry Entry, BoardRow Row, IReadOnlyList<SeedRun> Runs, RuleBook Rules, IReadOnlyList<SeedResult> Seeds)
{
    /// <summary>Runs that have not ended.</summary>
    public int OpenCount => Runs.Count(run => !run.Status.IsFinal());

    /// <summary>Final losses of the seeds that count, nats per token; those that diverged or exploded have none.</summary>
    public IEnumerable<double> Losses => Seeds.Where(seed => seed is { Outcome: SeedOutcome.Finished, HasDiverged: false }).Select(seed => seed.Loss);

    /// <summary>What a run of the entry ended at, under the rules.</summary>
    public FinalLoss FinalOf(SeedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var own = run.FinalUnder(Rules);
        return own.State == FinalLossState.Measured && Seeds.Any(seed => seed.HasDiverged && string.Equals(seed.Run, run.Id.Value, StringComparison.Ordinal))
            ? new(FinalLossState.Exploded, null, FormattableString.Invariant($"Broke down: ended at {NumberFormat.Number(own.Value, 5)} nats/token, more than {Rules.SeedGap} above the best seed of its entry (rules {Rules.Version})."))
            : own;
    }
}
