using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>One optimizer update: micro-batches, their mean gradient, its norm, the update.</summary>
public sealed class TrainingStep
{
    // Keeps the clipped norm finite at a zero gradient, as PyTorch's clip_grad_norm_ does.
    private const double ClipEpsilon = 1e-6;

    private readonly RunSpec _spec;
    private readonly Gpt _model;
    private readonly ArenaOptimizer _optimizer;
    private readonly BatchSampler _sampler;
    private readonly CounterRandom _dropoutSeeds;
    private readonly long[] _windows; // (B, T + 1)

    /// <summary>A step over a model, an update rule and data.</summary>
    public TrainingStep(RunSpec spec, Gpt model, ArenaOptimizer optimizer, BatchSampler sampler)
    {
        ArgumentNullException.ThrowIfNull(spec);
        (_spec, _model, _optimizer, _sampler) = (spec, model, optimizer, sampler);
        _dropoutSeeds = new CounterRandom(spec.Seed, RandomUse.Dropout);
        _windows = new long[spec.BatchSize * (spec.Model.ContextLength + 1)];
    }

    /// <summary>Trains on the batch of a step.</summary>
    /// <param name="step">Zero-based.</param>
    /// <param name="learningRate">η of the step.</param>
    /// <param name="observe">Called when a micro-batch's part has been added to the arena's gradient, which it must not change.</param>
    /// <returns>What the step saw, before its update.</returns>
    /// <exception cref="NonFiniteException">The loss or the gradient is NaN or infinite; the weights are as they were.</exception>
    public StepResult Run(long step, double learningRate, Action? observe = null)
    {
        using var scope = NewDisposeScope();
        var microSteps = _spec.GradientAccumulationSteps;
        var lossSum = zeros(1, dtype: ScalarType.Float32, device: _model.Arena.Device);
        for (var microStep = 0; microStep < microSteps; microStep++)
        {
            using var microScope = NewDisposeScope(); // frees a micro-batch's activations before the next
            SeedDropout(step, microStep);
            var (inputs, targets) = Batch(step, microStep);
            var loss = _model.Loss(inputs, targets);
            _model.Arena.AccumulateGradient(microSteps == 1 ? loss : loss.Times(1.0 / microSteps), replace: microStep == 0);
            observe?.Invoke();
            lossSum.Add(loss.detach());
        }

        // The step's one wait for the device: loss and norm together.
        using var seen = cat([lossSum, _model.Arena.Gradient.norm().view(1)]).cpu().data<float>();
        var (meanLoss, gradientNorm) = (seen[0] / (double)microSteps, (double)seen[1]);
        if (!double.IsFinite(meanLoss) || !double.IsFinite(gradientNorm))
        {
            throw new NonFiniteException(step, meanLoss, gradientNorm);
        }

        var scale = _spec.Optimizer.GradientClip is { } clip ? Math.Min(1, clip / (gradientNorm + ClipEpsilon)) : 1;
        _optimizer.Step(learningRate, scale);
        _model.Arena.CastWeights();
        return new StepResult(meanLoss, gradientNorm, scale);
    }

    // Dropout masks, too, are a function of the position alone, so that a resumed run draws the same.
    private void SeedDropout(long step, int microStep)
    {
        if (_spec.Model.Dropout > 0)
        {
            manual_seed((long)(_dropoutSeeds.At(((ulong)step * (ulong)_spec.GradientAccumulationSteps) + (ulong)microStep) >> 1));
        }
    }

    private (Tensor Inputs, Tensor Targets) Batch(long step, int microStep)
    {
        _sampler.Fill(step, microStep, _windows);
        return Windows.ToTensors(_windows, _spec.Model.ContextLength, _model.Arena.Device);
    }
}
