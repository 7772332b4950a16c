using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Training.Data;
using Ntl.Training.Models;
using Ntl.Training.Probes;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>
/// Feeds a <see cref="GradientNoiseProbe"/>: with the micro-batches of the step where there are two or more, else with two half-batches of
/// the step's own data, whose gradients are computed beside it.
/// </summary>
internal sealed class StepNoise : IDisposable
{
    private readonly RunSpec _spec;
    private readonly TrainingState _state;
    private readonly BatchSampler _sampler;
    private readonly GradientNoiseProbe _probe;
    private Tensor? _halvesSum; // the gradient of both halves, which an update would not leave in the arena

    public StepNoise(RunSpec spec, TrainingState state, BatchSampler sampler, IReadOnlyList<ParameterGroup> groups)
    {
        (_spec, _state, _sampler) = (spec, state, sampler);
        _probe = new GradientNoiseProbe(groups, state.Arena.Layout.Count, state.Arena.Device);
    }

    /// <summary>What the step is to call after each part of its gradient; null where halves are measured beside it.</summary>
    public Action? Observe => HasParts ? () => _probe.AddTo(_state.Arena.Gradient) : null;

    private bool HasParts => _spec.GradientAccumulationSteps > 1;

    /// <summary>Forgets the last measurement; computes the halves' gradients where these are needed.</summary>
    /// <param name="step">The step about to be trained.</param>
    /// <param name="seed">Of dropout in the halves.</param>
    public void Begin(long step, ulong seed)
    {
        _probe.Clear();
        if (!HasParts)
        {
            ObserveHalves(step, seed);
        }
    }

    /// <summary>The noise of the step's gradient, layer by layer; after its update.</summary>
    public IReadOnlyList<GradientNoise> Measure(double gradientScale)
    {
        using var preconditioner = _state.Optimizer.CurrentPreconditioner();
        if (HasParts)
        {
            return _probe.Measure(_state.Arena.Gradient, _spec.GradientAccumulationSteps, preconditioner, gradientScale);
        }

        using var sum = _halvesSum!;
        _halvesSum = null;
        var halves = _probe.Measure(sum, 2, preconditioner, gradientScale);
        // An odd batch has one sequence in neither half: the noise of the whole is that much smaller.
        var share = 2.0 * HalfSize / _spec.BatchSize;
        return [.. halves.Select(layer => layer with { Trace = layer.Trace * share, PreconditionedTrace = layer.PreconditionedTrace * (preconditioner.Diagonal is null ? Math.Sqrt(share) : share) })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _halvesSum?.Dispose();
        _probe.Dispose();
    }

    private int HalfSize => _spec.BatchSize / 2;

    private void ObserveHalves(long step, ulong seed)
    {
        using var scope = NewDisposeScope();
        if (_spec.Model.Dropout > 0)
        {
            manual_seed((long)(seed >> 1));
        }

        var rowLength = _spec.Model.ContextLength + 1;
        var windows = new long[_spec.BatchSize * rowLength];
        _sampler.Fill(step, 0, windows);
        for (var half = 0; half < 2; half++)
        {
            using var halfScope = NewDisposeScope();
            var rows = windows.AsSpan(half * HalfSize * rowLength, HalfSize * rowLength).ToArray();
            var (inputs, targets) = Windows.ToTensors(rows, _spec.Model.ContextLength, _state.Arena.Device);
            _state.Arena.AccumulateGradient(_state.Model.Loss(inputs, targets).Times(0.5), replace: half == 0);
            _probe.AddTo(_state.Arena.Gradient);
        }

        _halvesSum = _state.Arena.Gradient.clone().DetachFromDisposeScope();
    }
}
