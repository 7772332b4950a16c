using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>What a reading became in the database.</summary>
/// <param name="Attempt">The attempt as stored now.</param>
/// <param name="Points">New points with the last step stored before them, in the order in which they were written.</param>
/// <param name="Events">New events.</param>
/// <param name="IsSealed">Whether the attempt has ended and takes no more.</param>
/// <param name="EndReason">How it ended.</param>
public sealed record StoredReading(
    TailedAttempt Attempt,
    IReadOnlyList<StoredSegment> Points,
    IReadOnlyList<RunEventRow> Events,
    bool IsSealed,
    string? EndReason)
{
    public RunId Run => Attempt.Run;
}
