namespace Ntl.Domain.Runs;

/// <summary>The first record of every journal: the trainer holds the fence and begins.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="Token">The fencing token that the attempt was started with.</param>
/// <param name="StartStep">Updates already in the weights; the first step of this attempt.</param>
/// <param name="ElapsedSeconds">Training time of the run before this attempt, from the checkpoint; seconds.</param>
/// <param name="At">When.</param>
/// <param name="Environment">Device, threads, library versions, commit: what a result's identity needs.</param>
public sealed record AttemptStarted(
    RunId RunId,
    int Attempt,
    string Token,
    long StartStep,
    double ElapsedSeconds,
    DateTimeOffset At,
    IReadOnlyDictionary<string, string> Environment) : JournalRecord;
