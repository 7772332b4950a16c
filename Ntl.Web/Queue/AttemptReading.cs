using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Web.Queue;

/// <summary>What one look at an attempt's journal brought.</summary>
/// <param name="Attempt">The attempt as stored.</param>
/// <param name="Page">New records; may be none when only the end is to be noted.</param>
/// <param name="End">Set when the trainer is gone and its journal is read to the end.</param>
/// <param name="IsTrainerGone">Whether the trainer was gone before the look: the journal grows no more.</param>
public sealed record AttemptReading(TailedAttempt Attempt, JournalPage Page, AttemptEnd? End, bool IsTrainerGone)
{
    public bool MayHaveMore => Page.Entries.Count > 0 && (Page.PendingBytes > 0 || IsTrainerGone);

    public bool Ends => End is not null || Page.Entries.Any(entry => entry.Record is AttemptEnded);
}
