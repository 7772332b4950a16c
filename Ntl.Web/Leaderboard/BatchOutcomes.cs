using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;

namespace Ntl.Web.Leaderboard;

/// <summary>Judges reproductions and challenges, each by the fresh seeds that were drawn for it and no others.</summary>
internal static class BatchOutcomes
{
    /// <summary>The outcome of every batch of an entry, oldest first.</summary>
    public static IReadOnlyList<BatchOutcome> Of(EntryDetail detail, TrackBoard board) =>
        [.. detail.Batches.Where(batch => IsOwn(detail, batch)).Select(batch => Of(detail, board, batch))];

    private static BatchOutcome Of(EntryDetail detail, TrackBoard board, SavedBatch batch)
    {
        var runs = detail.Runs.Where(run => run.Batch == batch.Number).ToList();
        var open = runs.Count(run => !run.Status.IsFinal());
        if (open > 0)
        {
            return new(batch, "under way", FormattableString.Invariant($"{open} of {runs.Count} runs are still to come."), null);
        }

        return batch.Purpose switch
        {
            SeedPurpose.Reproduction => Reproduced(detail, board.Rules, batch),
            SeedPurpose.Challenge => Challenged(detail, board, batch, runs),
            SeedPurpose.Robustness => new(batch, "trained", Robust(board.Rules, detail, runs), null),
            _ => new(batch, "counted", "", null),
        };
    }

    // All reproductions up to this one, against what stood before the first: a further batch may tell what one could not.
    private static BatchOutcome Reproduced(EntryDetail detail, RuleBook rules, SavedBatch batch)
    {
        var reproductions = detail.Batches.Where(other => IsOwn(detail, other) && other.Purpose == SeedPurpose.Reproduction && other.Number <= batch.Number).Select(other => other.Number).ToHashSet();
        var earlier = detail.Runs.Where(run => run.Batch < reproductions.Min() && run.RateFactor is null);
        var fresh = detail.Runs.Where(run => reproductions.Contains(run.Batch));
        var outcome = Reproduction.Of(rules, BoardReader.ResultsOf(rules, detail.Entry.Id, earlier), BoardReader.ResultsOf(rules, detail.Entry.Id, fresh).Seeds);
        return outcome.Verdict switch
        {
            ReproductionVerdict.Reproduced => new(batch, "reproduced", outcome.Why, true),
            ReproductionVerdict.NotReproduced => new(batch, "not reproduced", outcome.Why, false),
            _ => new(batch, "inconclusive", outcome.Why, null),
        };
    }

    // The claim is of the entry whose mean was lower before the challenge was made.
    private static BatchOutcome Challenged(EntryDetail detail, TrackBoard board, SavedBatch batch, List<SeedRun> own)
    {
        var partner = detail.Batches.FirstOrDefault(other => string.Equals(other.EntryId, batch.Against, StringComparison.Ordinal) && other.CreatedAt == batch.CreatedAt);
        if (partner is null || board.Find(partner.EntryId) is not { } against)
        {
            return new(batch, "inconclusive", "The other entry's batch is not on this board.", null);
        }

        var theirs = against.Runs.Where(run => run.Batch == partner.Number).ToList();
        if (theirs.Exists(run => !run.Status.IsFinal()))
        {
            return new(batch, "under way", $"Runs of {against.Entry.Name} are still to come.", null);
        }

        var isOwnClaim = MeanBefore(board.Rules, detail.Runs, batch.Number) <= MeanBefore(board.Rules, against.Runs, partner.Number);
        var (ownSeeds, theirSeeds) = (BoardReader.ResultsOf(board.Rules, detail.Entry.Id, own).Seeds, BoardReader.ResultsOf(board.Rules, partner.EntryId, theirs).Seeds);
        var outcome = isOwnClaim ? Challenge.Of(board.Rules, ownSeeds, theirSeeds) : Challenge.Of(board.Rules, theirSeeds, ownSeeds);
        var claim = isOwnClaim ? $"{detail.Entry.Name} below {against.Entry.Name}" : $"{against.Entry.Name} below {detail.Entry.Name}";
        return outcome.Verdict switch
        {
            ChallengeVerdict.Upheld => new(batch, "upheld", $"{claim}: {outcome.Why}", isOwnClaim),
            ChallengeVerdict.Overturned => new(batch, "overturned", $"{claim}: {outcome.Why}", !isOwnClaim),
            _ => new(batch, "inconclusive", $"{claim}: {outcome.Why}", null),
        };
    }

    // A seed that diverged or exploded has no loss: no mean is made without it.
    private static string Robust(RuleBook rules, EntryDetail detail, List<SeedRun> runs)
    {
        var submitted = BoardReader.ResultsOf(rules, detail.Entry.Id, detail.Runs).Seeds;
        var plain = submitted.Any(seed => seed.HasDiverged)
            ? double.PositiveInfinity
            : submitted.Where(seed => seed.HasEnded).Select(seed => seed.Loss).DefaultIfEmpty(double.NaN).Average();
        var parts = runs.GroupBy(run => run.RateFactor).OrderBy(group => group.Key).Select(group => Part(group.Key, [.. group.Select(run => run.FinalUnder(rules))]));
        return string.Join("; ", parts) + ". Not scored.";

        string Part(double? factor, List<FinalLoss> finals)
        {
            var mean = finals.Average(final => final.Counted);
            return (finals.Count(final => final.HasDiverged), double.IsFinite(plain), double.IsFinite(mean)) switch
            {
                ( > 0 and var bad, _, _) => FormattableString.Invariant($"rates × {factor}: {bad} of {finals.Count} seeds diverged"),
                (_, true, true) => FormattableString.Invariant($"rates × {factor}: {mean - plain:+0.0000;−0.0000} nats/token over {finals.Count} seeds"),
                (_, false, true) => FormattableString.Invariant($"rates × {factor}: mean {mean:0.0000} nats/token over {finals.Count} seeds; the schedule as submitted has no finite mean"),
                _ => FormattableString.Invariant($"rates × {factor}: not all seeds have ended"),
            };
        }
    }

    private static bool IsOwn(EntryDetail detail, SavedBatch batch) => string.Equals(batch.EntryId, detail.Entry.Id, StringComparison.Ordinal);

    private static double MeanBefore(RuleBook rules, IEnumerable<SeedRun> runs, int batch) =>
        BoardReader.ResultsOf(rules, "", runs.Where(run => run.Batch < batch)).Seeds
            .Select(seed => seed.Outcome == SeedOutcome.Finished ? seed.Loss : double.PositiveInfinity).DefaultIfEmpty(double.PositiveInfinity).Average();
}
