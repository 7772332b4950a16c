using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>Gradients on batches of a run's training data that its steps do not draw, for probes that must not see a step's own noise.</summary>
internal sealed class ProbeBatches
{
    private readonly RunSpec _spec;
    private readonly Gpt _model;
    private readonly BatchSampler _sampler;
    private readonly CounterRandom _dropoutSeeds;

    public ProbeBatches(RunSpec spec, Gpt model, TokenDataset dataset)
    {
        (_spec, _model) = (spec, model);
        var seeds = new CounterRandom(spec.Seed, RandomUse.ProbeBatches);
        _sampler = new BatchSampler(dataset, (long)(seeds.At(0) >> 1), spec.BatchSize, spec.Model.ContextLength, spec.GradientAccumulationSteps);
        _dropoutSeeds = seeds;
    }

    private int RowLength => _spec.Model.ContextLength + 1;

    /// <summary>The mean gradient of a batch as large as a step's.</summary>
    /// <param name="number">Which batch; at least 0.</param>
    /// <returns>The arena's own gradient, (P): good until the next is computed.</returns>
    public Tensor Gradient(long number)
    {
        var windows = Draw(number);
        Accumulate(windows);
        return _model.Arena.Gradient;
    }

    /// <summary>The mean gradients of the two halves of such a batch; of an odd one, the last sequence is in neither.</summary>
    /// <param name="number">Which batch; at least 0.</param>
    /// <returns>(P) each; in the caller's scope.</returns>
    public (Tensor First, Tensor Second) Halves(long number)
    {
        var windows = Draw(number);
        var half = windows.Length / RowLength / 2 * RowLength;
        Accumulate(windows[..half]);
        var first = _model.Arena.Gradient.clone();
        Accumulate(windows[half..(2 * half)]);
        return (first, _model.Arena.Gradient.clone());
    }

    private long[] Draw(long number)
    {
        var micro = _spec.BatchSize * RowLength;
        var windows = new long[_spec.GradientAccumulationSteps * micro];
        for (var i = 0; i < _spec.GradientAccumulationSteps; i++)
        {
            _sampler.Fill(number, i, windows.AsSpan(i * micro, micro));
        }

        if (_spec.Model.Dropout > 0)
        {
            manual_seed((long)(_dropoutSeeds.At(1 + (ulong)number) >> 1));
        }

        return windows;
    }

    // As many sequences at once as a step takes at once: no more memory.
    private void Accumulate(long[] windows)
    {
        var length = _spec.BatchSize * RowLength;
        for (var start = 0; start < windows.Length; start += length)
        {
            using var scope = NewDisposeScope();
            var part = windows[start..Math.Min(windows.Length, start + length)];
            var (inputs, targets) = Windows.ToTensors(part, _spec.Model.ContextLength, _model.Arena.Device);
            _model.Arena.AccumulateGradient(_model.Loss(inputs, targets).Times((double)part.Length / windows.Length), replace: start == 0);
        }
    }
}
