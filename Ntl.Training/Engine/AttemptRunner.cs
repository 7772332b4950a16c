using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Data;
using Ntl.Training.Runs;

namespace Ntl.Training.Engine;

/// <summary>One attempt from its fence to its end: opens what it needs, trains, and says in the journal how it ended.</summary>
/// <param name="run">The run; its spec and fence are written.</param>
/// <param name="fence">The attempt's number and token.</param>
/// <param name="output">Lines for people.</param>
/// <param name="time">The clock.</param>
/// <param name="pauseAt">Updates after which to pause; null to train to the end.</param>
/// <param name="threads">Threads of an operator, where a person asked for a count; a run that resumes keeps its own.</param>
public sealed class AttemptRunner(RunDirectory run, Fence fence, TextWriter output, TimeProvider time, long? pauseAt = null, int? threads = null)
{
    private readonly FenceGuard _guard = new(run, fence);
    private Func<long>? _currentStep;
    private bool _isStarted;

    /// <summary>Runs the attempt.</summary>
    /// <returns>One of <see cref="TrainerExitCode"/>.</returns>
    public int Run()
    {
        try
        {
            var attempt = run.CreateAttempt(fence.Attempt);
            using var journal = new JournalWriter(attempt, _guard, time);
            using var lease = new LeaseKeeper(attempt, _guard, time);
            using var leave = new LeaveRequest(new ControlReader(run, time), lease, pauseAt);
            var log = new AttemptLog(journal, output, time);
            try
            {
                return End(journal, log, Train(journal, log, leave), failure: null);
            }
            catch (Exception exception) when (exception is not SupersededException)
            {
                // The one place where a trainer's failure is caught: from here it is data.
                output.WriteLine(exception);
                journal.ReleaseReserve();
                return End(journal, log, AttemptOutcome.Failed, FailureClassifier.Classify(exception, _currentStep?.Invoke()));
            }
        }
        catch (SupersededException exception)
        {
            output.WriteLine(exception.Message);
            return TrainerExitCode.Superseded;
        }
        catch (IOException exception)
        {
            // Not even the journal can be written: the exit code and the log are all that is left to say it with.
            output.WriteLine(exception.Message);
            return TrainerExitCode.Failed;
        }
    }

    private AttemptOutcome Train(JournalWriter journal, AttemptLog log, LeaveRequest leave)
    {
        var spec = ReadSpec();
        var checkpoints = new CheckpointStore(run, RunSpecJson.Hash(spec), spec.KeptCheckpointIntervalSteps);
        checkpoints.RemoveLeftovers();
        List<(CheckpointName Name, string Problem)> skipped = [];
        var latest = FindLatest(checkpoints, skipped);
        RunThreads.Set(spec, latest?.Manifest.Threads, threads);
        Start(journal, latest?.Manifest.Step ?? spec.FirstStep, latest?.Manifest.ElapsedSeconds ?? 0, TrainerEnvironment.Describe(spec));
        foreach (var (name, problem) in skipped)
        {
            log.Event(RunEventKind.CheckpointSkipped, name.Step, $"Checkpoint {name} was passed over: {problem}");
        }

        var origin = latest is null && spec.Branch is { } branch ? Origin.Open(run, branch) : null;
        Devices.Require(spec.Device);
        using var dataset = TokenDataset.Open(spec.Dataset, spec.Model);
        foreach (var warning in dataset.Inspection.Warnings)
        {
            output.WriteLine($"Data set '{spec.Dataset.Name}': {warning.Message}");
        }

        using var state = new TrainingState(spec);
        _currentStep = () => state.Step;
        if (latest is var (found, manifest))
        {
            state.Restore(checkpoints.PathOf(found), manifest);
            log.Event(RunEventKind.Resumed, manifest.Step, $"Going on from checkpoint {found}.");
        }
        else if (origin is not null)
        {
            Branch(spec, origin, state, log);
        }

        using var trainer = new Trainer(spec, state, dataset, checkpoints, _guard, leave, log);
        return trainer.Run();
    }

    // The optimizer goes on where its state means the same; another rule begins with its own state at zero.
    private static void Branch(RunSpec spec, Origin origin, TrainingState state, AttemptLog log)
    {
        var keepsOptimizer = origin.Trunk.Optimizer.Kind == spec.Optimizer.Kind;
        state.RestoreOrigin(origin, keepsOptimizer);
        log.Event(
            RunEventKind.Branched,
            state.Step,
            $"Branched off run {spec.Branch!.Run}. {(keepsOptimizer ? "The optimizer goes on." : $"The optimizer begins anew: the trunk's was {origin.Trunk.Optimizer.Kind}.")}");
    }

    private RunSpec ReadSpec()
    {
        var (spec, problems) = RunSpecJson.Read(File.ReadAllText(run.SpecPath));
        return spec ?? throw new InvalidSpecException(run.SpecPath, problems);
    }

    private static (CheckpointName Name, CheckpointManifest Manifest)? FindLatest(
        CheckpointStore checkpoints, List<(CheckpointName Name, string Problem)> skipped) =>
        checkpoints.FindLatest((name, problem) => skipped.Add((name, problem)));

    private void Start(JournalWriter journal, long startStep, double elapsedSeconds, IReadOnlyDictionary<string, string> environment)
    {
        _isStarted = true;
        journal.Append(new AttemptStarted(
            run.Id, fence.Attempt, fence.Token, startStep, elapsedSeconds, time.GetUtcNow(), environment));
        journal.Flush(durable: true);
    }

    private int End(JournalWriter journal, AttemptLog log, AttemptOutcome outcome, RunFailure? failure)
    {
        if (!_isStarted)
        {
            Start(journal, startStep: 0, elapsedSeconds: 0, new Dictionary<string, string>(StringComparer.Ordinal));
        }

        journal.Append(new AttemptEnded(outcome, _currentStep?.Invoke() ?? 0, time.GetUtcNow(), failure));
        journal.Flush(durable: true);
        log.Line(failure is null ? $"{outcome}." : $"{outcome}: {failure.Kind}. {failure.Message}");
        return outcome switch
        {
            AttemptOutcome.Finished or AttemptOutcome.Stopped => TrainerExitCode.Finished,
            AttemptOutcome.Paused or AttemptOutcome.Interrupted => TrainerExitCode.Saved,
            _ => TrainerExitCode.Failed,
        };
    }
}
