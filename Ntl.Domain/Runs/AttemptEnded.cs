namespace Ntl.Domain.Runs;

/// <summary>The last record of a journal whose trainer left in order.</summary>
/// <param name="Outcome">How it left.</param>
/// <param name="Step">Updates done.</param>
/// <param name="At">When.</param>
/// <param name="Failure">The reason, exactly when the outcome is <see cref="AttemptOutcome.Failed"/>.</param>
public sealed record AttemptEnded(AttemptOutcome Outcome, long Step, DateTimeOffset At, RunFailure? Failure) : JournalRecord;
