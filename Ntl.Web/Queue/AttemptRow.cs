namespace Ntl.Web.Queue;

/// <summary>One start of a run.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="StartStep">The step it went on from; null until its trainer said so.</param>
/// <param name="StartedAt">When it was launched.</param>
/// <param name="EndedAt">When its end was noticed; null while it may be alive.</param>
/// <param name="EndReason">How it ended, one sentence; null while it may be alive.</param>
/// <param name="LeaseAge">Time since the trainer last showed a sign of life; null when it has ended or none was seen.</param>
public sealed record AttemptRow(int Number, long? StartStep, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? EndReason, TimeSpan? LeaseAge);
