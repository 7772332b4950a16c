using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>Something that happened at a step, to be drawn on the time axis.</summary>
/// <param name="Sequence">Rising within the run; the event's place in a live stream.</param>
/// <param name="Attempt">The attempt it happened in.</param>
/// <param name="Step">The step, zero-based; null when no step had begun.</param>
/// <param name="At">When the trainer wrote it.</param>
/// <param name="Kind">What.</param>
/// <param name="Message">One sentence.</param>
public sealed record RunEventRow(long Sequence, int Attempt, long? Step, DateTimeOffset At, RunEventKind Kind, string Message);
