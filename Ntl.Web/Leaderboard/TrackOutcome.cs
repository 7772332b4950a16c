using Ntl.Domain.Runs;

namespace Ntl.Web.Leaderboard;

/// <summary>What became of a wish about a track.</summary>
/// <param name="Id">The track or entry that stands now; null when nothing does.</param>
/// <param name="Runs">Runs queued by this call.</param>
/// <param name="Problems">What was wrong, by field; empty when the wish was met.</param>
public sealed record TrackOutcome(string? Id, IReadOnlyList<RunId> Runs, IReadOnlyList<SpecProblem> Problems)
{
    public bool IsDone => Problems.Count == 0;

    /// <summary>Whether what was asked about is not there at all.</summary>
    public bool IsMissing { get; init; }

    public static TrackOutcome Refused(params IReadOnlyList<SpecProblem> problems) => new(null, [], problems);

    public static TrackOutcome Missing(string message) => Refused(new SpecProblem("", message)) with { IsMissing = true };
}
