using System.Security.Cryptography;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Leaderboard;

/// <summary>Draws the seeds of a batch and lays out its runs.</summary>
internal static class SeedDraw
{
    private const int RobustnessSeeds = 3;

    // Whole numbers that a double and JSON keep.
    private const int SeedBits = 53;

    private static readonly double[] s_robustnessFactors = [0.9, 1.1];

    /// <summary>Runs of a robustness batch.</summary>
    public static int RobustnessCount => RobustnessSeeds * s_robustnessFactors.Length;

    /// <summary>The runs of a batch, each with a fresh seed.</summary>
    public static IReadOnlyList<NewRun> Runs(SavedTrack track, SeedBatchEntity batch, string title, ScheduleSpec schedule) =>
        [.. Enumerable.Range(0, batch.SeedCount).Select(_ => new NewRun(RunId.New(), track.Spec.RunOf(title, schedule, Seed(), Membership(track, batch, null))))];

    /// <summary>The runs of a robustness batch: as many seeds with the rates a tenth lower as with them a tenth higher, in turns.</summary>
    public static IReadOnlyList<NewRun> Robustness(SavedTrack track, SeedBatchEntity batch, string title, ScheduleSpec schedule) =>
        [.. Enumerable.Range(0, RobustnessSeeds).SelectMany(_ => s_robustnessFactors, (_, factor) => new NewRun(RunId.New(), track.Spec.RunOf(FormattableString.Invariant($"{title} × {factor}"), schedule.Scaled(factor), Seed(), Membership(track, batch, factor))))];

    private static EntryMembership Membership(SavedTrack track, SeedBatchEntity batch, double? factor) =>
        new() { Track = track.Id, Entry = batch.EntryId, Batch = batch.Number, RateFactor = factor, TargetLoss = track.Spec.TargetLoss };

    /// <summary>A fresh seed.</summary>
    // From the operating system, after the submission: nobody can know a seed before its schedule is fixed.
    public static long Seed() => (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) >> (64 - SeedBits));
}
