using System.Diagnostics;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Training.Data;
using Ntl.Training.Models;
using Ntl.Training.Probes;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>
/// The probes of a run: which measures when, and what it tells. None of them changes a bit of the training, and the time that they take is
/// counted apart from it.
/// </summary>
public sealed class RunProbes : IDisposable
{
    private const int RiverBatches = 4;
    private const int HeatFlowDraws = 4;
    private const int ConductanceDraws = 2;

    private readonly RunSpec _spec;
    private readonly ProbeSpec _probes;
    private readonly TrainingState _state;
    private readonly Validator _validator;
    private readonly AttemptLog _log;
    private readonly IReadOnlyList<ParameterGroup> _groups;
    private readonly CounterRandom _seeds;
    private readonly StepNoise? _noise;
    private readonly CurvatureProbe _curvature;
    private readonly UpdateProbe _update;
    private readonly ProbeBatches _batches;
    private readonly Stopwatch _watch = new();
    private bool _isMeasured;

    /// <summary>The probes that a spec asks for.</summary>
    public RunProbes(RunSpec spec, ProbeSpec probes, TrainingState state, BatchSampler sampler, Validator validator, TokenDataset dataset, AttemptLog log)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(state);
        (_spec, _probes, _state, _validator, _log) = (spec, probes, state, validator, log);
        _groups = ParameterGroup.Layers(state.Arena.Layout);
        _seeds = new CounterRandom(spec.Seed, RandomUse.Probes);
        _noise = probes.NoiseIntervalSteps is null ? null : new StepNoise(spec, state, sampler, _groups);
        _curvature = new CurvatureProbe(state.Model, _groups);
        _update = new UpdateProbe(state.Arena.Master);
        _batches = new ProbeBatches(spec, state.Model, dataset);
    }

    /// <summary>Prepares for a step.</summary>
    /// <returns>What the step is to call after each part of its gradient; null where nothing wants to know.</returns>
    public Action? BeforeStep(long step)
    {
        if (step % _probes.NoiseIntervalSteps != 0)
        {
            TakeObservedSeconds(); // from here on, only what the step itself spends on observing
            return null;
        }

        Timed(() =>
        {
            _noise!.Begin(step, SeedOf(step));
            _update.Before();
        });
        TakeObservedSeconds();
        return _noise!.Observe is { } observe ? () => Timed(observe) : null;
    }

    /// <summary>Seconds measured since the last call: between <see cref="BeforeStep"/> and <see cref="AfterStep"/>, what the step spent on observing.</summary>
    public double TakeObservedSeconds()
    {
        var seconds = _watch.Elapsed.TotalSeconds;
        _state.ProbeSeconds += seconds;
        _watch.Reset();
        return seconds;
    }

    /// <summary>Measures what a step's update shows.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rate">η of the step.</param>
    /// <param name="result">What the step saw.</param>
    public void AfterStep(long step, double rate, StepResult result)
    {
        Timed(() =>
        {
            if (step % _probes.NoiseIntervalSteps == 0)
            {
                TellNoise(step, _noise!.Measure(result.GradientScale));
                TellUpdate(step, rate);
                _isMeasured = true;
            }

            _state.River?.Observe(_state.Arena.Gradient);
            if (_state.River is { IsWindowFull: true } river)
            {
                TellRiver(step, river.CloseWindow(RiverBatches, batch => _batches.Gradient((step * RiverBatches) + batch)));
            }

            _state.Cold?.Observe();
        });
        TellSeconds(step);
    }

    /// <summary>Measures the loss at the mean of the weights, against that at the weights.</summary>
    /// <param name="step">The step.</param>
    /// <param name="hot">At the weights.</param>
    /// <param name="isAbandoned">Asked between batches; true ends the measuring early.</param>
    /// <returns>False where it was abandoned.</returns>
    public bool MeasureCold(long step, ValidationLosses hot, Func<bool> isAbandoned)
    {
        ArgumentNullException.ThrowIfNull(hot);
        if (_state.Cold is not { } cold)
        {
            return true;
        }

        ValidationLosses? losses = null;
        Timed(() => losses = cold.AtMean(() => _validator.Measure(isAbandoned)));
        if (losses is null)
        {
            return false;
        }

        _log.Probe(ProbeKeys.ColdLoss, step, losses.Mean);
        _log.Probe(ProbeKeys.ThermalLoss, step, hot.Above(losses));
        _isMeasured = true;
        return true;
    }

    /// <summary>Measures what is due before the update of a step: curvature and conduction on their cadence, the spectrum where a phase has ended.</summary>
    /// <param name="step">The step.</param>
    /// <param name="isAbandoned">Asked between products; true ends the measuring early.</param>
    /// <returns>False where it was abandoned.</returns>
    public bool Measure(long step, Func<bool> isAbandoned)
    {
        // Adaptive rules have no metric before their first update.
        var isCurvatureDue = _state.Optimizer.UpdateCount > 0 && step % _probes.CurvatureIntervalSteps == 0;
        var isSpectrumDue = _state.Optimizer.UpdateCount > 0 && _probes.SpectrumAtPhaseEnds && IsPhaseEnd(step);
        var isConductionDue = _state.Optimizer.UpdateCount > 0 && step % _probes.ConductionIntervalSteps == 0;
        try
        {
            Timed(() =>
            {
                using var scope = NewDisposeScope();
                using var preconditioner = isCurvatureDue || isSpectrumDue || isConductionDue ? _state.Optimizer.CurrentPreconditioner() : null;
                if (isCurvatureDue)
                {
                    TellCurvature(step, _curvature.Measure(_validator.FirstBatch(), preconditioner!, SeedOf(step), LeaveIfAbandoned));
                }

                if (isSpectrumDue && _curvature.MeasureSpectrum(_validator.FirstBatch(), preconditioner!, SeedOf(step), LeaveIfAbandoned) is { } spectrum)
                {
                    TellSpectrum(step, spectrum);
                }

                if (isConductionDue && preconditioner!.Diagonal is { } diagonal)
                {
                    MeasureConduction(step, diagonal, LeaveIfAbandoned);
                }
            });
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        _isMeasured |= isCurvatureDue || isSpectrumDue || isConductionDue;
        if (step == _spec.TotalSteps)
        {
            TellSeconds(step); // no update follows
        }

        return true;

        void LeaveIfAbandoned()
        {
            if (isAbandoned())
            {
                throw new OperationCanceledException();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _noise?.Dispose();
        _update.Dispose();
    }

    private void MeasureConduction(long step, Tensor diagonal, Action beforeProduct)
    {
        using var scope = NewDisposeScope();
        using var hessian = _curvature.Hessian(_validator.FirstBatch(), beforeProduct);
        var first = step * HeatFlowDraws;

        // A step that clips by s moves the weights by −ηsPg: for the valley clipping is a part of P. s as a batch of these weights has it.
        var effective = diagonal.Times(ClippingOf(_batches.Gradient(first)));
        var conductances = ConductanceProbe.Measure(hessian, effective, _groups, ConductanceDraws, SeedOf(step));
        foreach (var (one, other, conductance) in conductances.Pairs.Where(pair => double.IsFinite(pair.Conductance.Value)))
        {
            _log.Probe(ProbeKeys.ConductanceOf(one, other), step, conductance);
        }

        var flows = new HeatFlowProbe(hessian, effective, _groups, _spec.Schedule.LearningRate(Math.Min(step, _spec.TotalSteps - 1)));
        for (var draw = 1; draw <= HeatFlowDraws; draw++)
        {
            using var drawScope = NewDisposeScope();
            var (half, otherHalf) = _batches.Halves(first + draw);
            flows.Add(half, otherHalf);
        }

        foreach (var (group, flow) in _groups.Zip(flows.Flows))
        {
            _log.Probe(ProbeKeys.Of(ProbeKeys.HeatFlow, group.Name), step, flow);
        }
    }

    private double ClippingOf(Tensor gradient) => _spec.Optimizer.GradientClip is { } clip ? Math.Min(1, clip / gradient.norm().item<float>()) : 1;

    private bool IsPhaseEnd(long step) => step == _spec.TotalSteps || (step > 0 && _spec.Schedule.PhaseAt(step).FirstStep == step);

    private ulong SeedOf(long step) => _seeds.At((ulong)step);

    private void TellNoise(long step, IReadOnlyList<GradientNoise> layers)
    {
        var whole = GradientNoise.Total(layers);
        _log.Probe(ProbeKeys.GradientCovariance, step, whole.Trace);
        _log.Probe(ProbeKeys.GradientSquare, step, whole.NormSquare);
        TellByLayer(ProbeKeys.Noise, step, whole.PreconditionedTrace, [.. layers.Select(layer => layer.PreconditionedTrace)]);
        if (!double.IsNaN(whole.PreconditionedNormSquare))
        {
            TellByLayer(ProbeKeys.PreconditionedGradientSquare, step, whole.PreconditionedNormSquare, [.. layers.Select(layer => layer.PreconditionedNormSquare)]);
        }
    }

    private void TellUpdate(long step, double rate)
    {
        if (rate > 0)
        {
            var (square, overlap) = _update.After(rate);
            _log.Probe(ProbeKeys.UpdateSquare, step, square);
            _log.Probe(ProbeKeys.UpdateOverlap, step, overlap);
        }
    }

    private void TellRiver(long step, (Estimate Force, Estimate Drive)? reading)
    {
        if (reading is var (force, drive))
        {
            _log.Probe(ProbeKeys.RiverForce, step, force);
            _log.Probe(ProbeKeys.RiverDrive, step, drive);
            _isMeasured = true;
        }
    }

    private void TellCurvature(long step, CurvatureReading reading)
    {
        _log.Probe(ProbeKeys.CurvatureTrace, step, reading.Whole.Trace);
        _log.Probe(ProbeKeys.LargestCurvature, step, Bounded(reading.Largest));
        if (reading.LargestPreconditioned is not { } largest)
        {
            return;
        }

        _log.Probe(ProbeKeys.LargestPreconditionedCurvature, step, Bounded(largest));
        _log.Probe(ProbeKeys.PreconditionedCurvatureTrace, step, reading.Whole.PreconditionedTrace);
        for (var i = 0; i < _groups.Count; i++)
        {
            _log.Probe(ProbeKeys.Of(ProbeKeys.PreconditionedCurvatureTrace, _groups[i].Name), step, reading.Groups[i].PreconditionedTrace);
        }

        static Estimate Bounded(RitzValue ritz) => new(ritz.Value, ritz.Error);
    }

    private void TellSpectrum(long step, SpectralDensity spectrum)
    {
        var threshold = 1 / _spec.Schedule.IntrinsicTime;
        _log.Probe(ProbeKeys.ValleyThreshold, step, threshold);
        _log.Probe(ProbeKeys.ValleyDirections, step, spectrum.CountAbove(threshold));
        _log.Probe(ProbeKeys.LogDeterminant, step, spectrum.LogDeterminant(threshold));
    }

    private void TellByLayer(MetricKey key, long step, double whole, IReadOnlyList<double> layers)
    {
        _log.Probe(key, step, whole);
        for (var i = 0; i < _groups.Count; i++)
        {
            _log.Probe(ProbeKeys.Of(key, _groups[i].Name), step, layers[i]);
        }
    }

    // Once a step, after the last of its measurements.
    private void TellSeconds(long step)
    {
        TakeObservedSeconds();
        if (_isMeasured)
        {
            _isMeasured = false;
            _log.Probe(ProbeKeys.Seconds, step, _state.ProbeSeconds);
        }
    }

    private void Timed(Action measure)
    {
        _watch.Start();
        try
        {
            measure();
        }
        finally
        {
            _watch.Stop();
        }
    }
}
