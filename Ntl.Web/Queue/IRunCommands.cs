using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>What a person, or a sweep's rule, may do to runs. Each returns when the wish is durable; the trainer obeys at its next step.</summary>
public interface IRunCommands
{
    /// <summary>Validates the spec and puts a new run at the queue's end.</summary>
    /// <param name="spec">What to train, its name included.</param>
    /// <param name="idempotencyKey">The same key within a day gives the same run again instead of a second one; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the run may still have been queued.</param>
    Task<CreateOutcome> CreateAsync(RunSpec spec, string? idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Puts several runs at the queue's end in one transaction, in their order: all of them, or none. Sent again, the same runs are not queued twice.</summary>
    /// <param name="runs">The runs; a branch may name another of them as its trunk.</param>
    /// <param name="alongside">What is stored in the same transaction, before the runs; what it finds wrong keeps all of it from being stored. Only with it may runs belong to a track's entry. Null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait; the runs may still have been queued.</param>
    /// <returns>Every problem, its path beginning with the run's place: <c>runs[2].schedule</c>; empty when all are queued.</returns>
    Task<IReadOnlyList<SpecProblem>> CreateManyAsync(IReadOnlyList<NewRun> runs, Func<NtlDbContext, Task<IReadOnlyList<SpecProblem>>>? alongside, CancellationToken cancellationToken);

    Task<CommandOutcome> PauseAsync(RunId id, CancellationToken cancellationToken);

    Task<CommandOutcome> ResumeAsync(RunId id, CancellationToken cancellationToken);

    Task<CommandOutcome> CancelAsync(RunId id, CancellationToken cancellationToken);

    /// <summary>Ends a run as a sweep's rule wants it: like a cancelled one, with the rule's sentence as the reason and as an event of the run.</summary>
    /// <param name="id">The run.</param>
    /// <param name="reason">One sentence, with the figures.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<CommandOutcome> StopByRuleAsync(RunId id, string reason, CancellationToken cancellationToken);

    Task<CommandOutcome> RequeueAsync(RunId id, CancellationToken cancellationToken);

    /// <summary>Moves a waiting run to a place in the queue.</summary>
    /// <param name="id">The run.</param>
    /// <param name="position">1 is next; beyond the end is the end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<CommandOutcome> MoveAsync(RunId id, int position, CancellationToken cancellationToken);
}
