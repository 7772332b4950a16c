using Ntl.Domain.Leaderboard;
using Ntl.Domain.Runs;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Api;

/// <summary>Boards and entries as the API says them. What the board keeps unseen (a held-out loss of an entry that is not ranked) is not said here either.</summary>
internal static class BoardAnswer
{
    public static object Of(TrackBoard board) => new
    {
        board.Track.Id,
        board.Track.Spec,
        board.Track.SpecHash,
        board.Track.By,
        board.Track.Note,
        board.Track.CreatedAt,
        Rules = board.Rules.Version,
        board.ReadAt,
        board.RunCount,
        OpenRuns = board.OpenCount,
        board.Board.Pairs,
        board.Board.SeparatedPairs,
        Entries = board.Standings.Select(Of),
        board.Authors,
    };

    public static object Of(EntryDetail detail, TrackBoard board)
    {
        var standing = board.Find(detail.Entry.Id)!;
        return new
        {
            detail.Entry.Id,
            Track = detail.Track.Id,
            detail.Entry.Name,
            detail.Entry.By,
            detail.Entry.Note,
            detail.Entry.CreatedAt,
            detail.Entry.Schedule,
            detail.Entry.Forecast,
            Rules = board.Rules.Version,
            standing.Row,
            detail.Batches,
            Runs = detail.Runs.Select(run => Of(run, standing)),
            Comparisons = board.Standings.Where(other => !string.Equals(other.Entry.Id, detail.Entry.Id, StringComparison.Ordinal)).Select(other => board.Board.Compare(detail.Entry.Id, other.Entry.Id)).Select(Of),
        };
    }

    private static object Of(EntryStanding standing) => new
    {
        standing.Entry.Id,
        standing.Entry.Name,
        standing.Entry.By,
        standing.Entry.CreatedAt,
        Schedule = standing.Entry.Schedule.Description,
        ScheduleHash = standing.Entry.Schedule.Hash.Value,
        standing.Entry.Schedule.IntrinsicTime,
        standing.Entry.Schedule.Peak,
        standing.Entry.Schedule.Minimum,
        PhaseCount = standing.Entry.Schedule.Phases.Length,
        standing.Entry.Forecast,
        standing.Row,
        standing.OpenCount,
    };

    private static object Of(SeedRun run, EntryStanding standing) => Of(run, standing.Row, standing.FinalOf(run));

    private static object Of(SeedRun run, BoardRow row, FinalLoss final) => new
    {
        run.Id,
        run.Batch,
        run.Seed,
        run.RateFactor,
        run.Status,
        run.Failure,
        FinalLoss = final.Value,
        Diverged = final.HasDiverged,
        FinalLossReason = final.Reason.Length > 0 ? final.Reason : null,
        HeldOutLoss = row.HeldOut is null ? null : run.HeldOutLoss,
        run.TokensToTarget,
        run.ElapsedSeconds,
    };

    private static object Of(PairComparison pair) => new
    {
        Other = pair.Second,
        pair.Verdict,
        pair.Lower,
        pair.Why,
        pair.Look,
        pair.Seeds,
        pair.Test?.Difference,
        pair.Interval,
        pair.Test?.P,
        pair.AdjustedP,
        pair.Power,
        pair.FurtherSeeds,
        pair.FurtherSeedsMaximum,
    };
}
