namespace Ntl.Domain.Runs;

/// <summary>Something worth a mark on the time axis.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">Updates done when it happened.</param>
/// <param name="At">When.</param>
/// <param name="Message">One sentence for the reader; may be empty.</param>
public sealed record RunEventRecorded(RunEventKind Kind, long Step, DateTimeOffset At, string Message) : JournalRecord;
