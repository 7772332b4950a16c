using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>Measures the loss on a fixed slice of the validation share.</summary>
public sealed class Validator
{
    private readonly Gpt _model;
    private readonly ValidationSet _set;
    private readonly int _batchSize;
    private readonly int _contextLength;

    /// <summary>A validator of a run's model and data.</summary>
    public Validator(RunSpec spec, Gpt model, TokenDataset dataset, EvaluationSlice slice = EvaluationSlice.Public)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(dataset);
        (_model, _batchSize, _contextLength) = (model, spec.BatchSize, spec.Model.ContextLength);
        var batches = slice == EvaluationSlice.Public ? spec.ValidationBatches : spec.HeldOutBatches ?? throw new ArgumentException("The run has no held-out slice.", nameof(spec));
        _set = new ValidationSet(dataset, RangeOf(dataset.Validation, slice, spec.HeldOutBatches is not null), _contextLength, batches * _batchSize);
    }

    /// <summary>Measures the loss of every batch.</summary>
    /// <param name="isAbandoned">Asked between batches; true ends the measuring early.</param>
    /// <returns>NaN or ∞ where the model gives that; null where it was abandoned.</returns>
    public ValidationLosses? Measure(Func<bool> isAbandoned)
    {
        ArgumentNullException.ThrowIfNull(isAbandoned);
        using var withoutGraph = no_grad();
        _model.eval();
        var losses = new List<(int Windows, double Loss)>();
        for (var first = 0; first < _set.Count; first += _batchSize)
        {
            if (isAbandoned())
            {
                _model.train();
                return null;
            }

            using var scope = NewDisposeScope();
            var rows = Math.Min(_batchSize, _set.Count - first);
            var (inputs, targets) = Batch(first, rows);
            losses.Add((rows, _model.Loss(inputs, targets).item<float>()));
        }

        _model.train();
        return new ValidationLosses(losses);
    }

    /// <summary>The set's first batch, the same throughout a run: where curvature is measured.</summary>
    /// <returns>Inputs and targets, each (B, T); in the caller's scope.</returns>
    public (Tensor Inputs, Tensor Targets) FirstBatch() => Batch(0, Math.Min(_batchSize, _set.Count));

    // The halves share no token: a window of the first ends before the second begins.
    private static TokenRange RangeOf(TokenRange validation, EvaluationSlice slice, bool isHalved)
    {
        var half = validation.Length / 2;
        return !isHalved ? validation
            : slice == EvaluationSlice.Public ? validation with { Length = half }
            : new TokenRange(validation.Start + half, validation.Length - half);
    }

    private (Tensor Inputs, Tensor Targets) Batch(int first, int rows)
    {
        var windows = new long[rows * (_contextLength + 1)];
        _set.Fill(first, windows);
        return Windows.ToTensors(windows, _contextLength, _model.Arena.Device);
    }
}
