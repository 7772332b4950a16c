using System.Diagnostics;
using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Data;
using Ntl.Training.Runs;

namespace Ntl.Training.Engine;

/// <summary>The training loop. Synchronous on one thread: tensors belong to the scopes of the thread that made them.</summary>
public sealed class Trainer : IDisposable
{
    private readonly RunSpec _spec;
    private readonly TrainingState _state;
    private readonly TrainingStep _step;
    private readonly Validator _validator;
    private readonly Validator? _heldOut;
    private readonly CheckpointStore _checkpoints;
    private readonly FenceGuard _guard;
    private readonly LeaveRequest _leave;
    private readonly AttemptLog _log;
    private readonly RunProbes? _probes;
    private long _savedStep;

    /// <summary>A trainer that goes on from a state.</summary>
    public Trainer(
        RunSpec spec, TrainingState state, TokenDataset dataset, CheckpointStore checkpoints, FenceGuard guard, LeaveRequest leave, AttemptLog log)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(state);
        (_spec, _state, _checkpoints, _guard, _leave, _log) = (spec, state, checkpoints, guard, leave, log);
        var sampler = new BatchSampler(dataset, spec.Seed, spec.BatchSize, spec.Model.ContextLength, spec.GradientAccumulationSteps);
        _step = new TrainingStep(spec, state.Model, state.Optimizer, sampler);
        _validator = new Validator(spec, state.Model, dataset);
        _heldOut = spec.HeldOutBatches is null ? null : new Validator(spec, state.Model, dataset, EvaluationSlice.HeldOut);
        _probes = spec.Probes is { } probes ? new RunProbes(spec, probes, state, sampler, _validator, dataset, log) : null;
        _savedStep = state.Step; // it came from a checkpoint, or is the initial state that the seed gives again
    }

    /// <inheritdoc/>
    public void Dispose() => _probes?.Dispose();

    /// <summary>Trains to the last step, or until asked to leave.</summary>
    /// <returns>How it ended; a checkpoint of the last update is on disk.</returns>
    /// <exception cref="NonFiniteException">Training diverged; the last checkpoint stands.</exception>
    public AttemptOutcome Run()
    {
        for (; ; _state.Step++)
        {
            var step = _state.Step;
            var isLast = step == _spec.TotalSteps;
            var leave = _leave.Poll(step);
            if (leave is not null || isLast || step % _spec.CheckpointIntervalSteps == 0 || _spec.KeepsCheckpoint(step))
            {
                SaveCheckpoint();
            }

            if (leave is { } outcome && !isLast)
            {
                return outcome;
            }

            if (Measure(step, isLast) is { } abandonedFor)
            {
                return abandonedFor;
            }

            if (isLast)
            {
                return AttemptOutcome.Finished;
            }

            var phase = _spec.Schedule.PhaseAt(step);
            if (phase.FirstStep == step || step == _spec.FirstStep)
            {
                _log.Event(RunEventKind.PhaseStarted, step, phase.Phase.Description);
            }

            var learningRate = _spec.Schedule.LearningRate(step);
            var observe = _probes?.BeforeStep(step);
            var startedAt = Stopwatch.GetTimestamp();
            var result = _step.Run(step, learningRate, observe);
            var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds - (_probes?.TakeObservedSeconds() ?? 0);
            _state.ElapsedSeconds += seconds;
            _log.Step(step, result, learningRate, _spec.TokensPerStep / seconds, _state.ElapsedSeconds);
            _probes?.AfterStep(step, learningRate, result);
        }
    }

    // A large validation set, or a curvature, takes minutes on a small machine: whoever asks to leave does not wait for it.
    private AttemptOutcome? Measure(long step, bool isLast)
    {
        AttemptOutcome? leave = null;
        var isComplete = (!isLast && step % _spec.ValidationIntervalSteps != 0) || Validate(step, IsAbandoned);
        if (isComplete && _probes?.Measure(step, IsAbandoned) is not false)
        {
            return null;
        }

        SaveCheckpoint();
        return leave;

        bool IsAbandoned() => (leave = _leave.Poll(step)) is not null;
    }

    private bool Validate(long step, Func<bool> isAbandoned)
    {
        if (_validator.Measure(isAbandoned) is not { } losses)
        {
            return false;
        }

        _log.Validation(step, losses.Mean);
        return _probes?.MeasureCold(step, losses, isAbandoned) is not false && (step != _spec.TotalSteps || Evaluate(step, losses, isAbandoned));
    }

    // What a run is scored by: once, after its last step, whichever validation was its luckiest.
    private bool Evaluate(long step, ValidationLosses losses, Func<bool> isAbandoned)
    {
        if (_heldOut is not null)
        {
            if (_heldOut.Measure(isAbandoned) is not { } heldOut)
            {
                return false;
            }

            _log.Evaluation(EvaluationSlice.HeldOut, step, heldOut);
        }

        _log.Evaluation(EvaluationSlice.Public, step, losses);
        return true;
    }

    private void SaveCheckpoint()
    {
        if (_savedStep == _state.Step)
        {
            return;
        }

        _log.FlushToDisk(); // a checkpoint never runs ahead of its journal
        _state.Save(_checkpoints, _guard);
        _savedStep = _state.Step;
        _log.Event(RunEventKind.CheckpointSaved, _state.Step, "Checkpoint saved.");
    }
}
