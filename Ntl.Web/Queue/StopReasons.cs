using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Why a rule asked for a run's end, kept as an event of the run until its trainer has left, and afterwards.</summary>
internal static class StopReasons
{
    /// <summary>The event that keeps the reason.</summary>
    public static RunEventEntity EventOf(RunEntity run, string reason, DateTimeOffset at) => new()
    {
        RunId = run.Id,
        Attempt = run.AttemptCount,
        Step = run.StepsDone,
        AtTicks = at.UtcTicks,
        Kind = RunEventKind.StoppedByRule,
        Message = reason,
    };

    /// <summary>The reason that was given during an attempt; null when no rule asked for its end.</summary>
    public static Task<string?> FindAsync(NtlDbContext context, string run, int attempt) =>
        context.RunEvents.Where(e => e.RunId == run && e.Attempt == attempt && e.Kind == RunEventKind.StoppedByRule)
            .OrderByDescending(e => e.Sequence).Select(e => e.Message).FirstOrDefaultAsync();
}
