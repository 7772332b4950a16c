namespace Ntl.Training.Data;

/// <summary>
/// Draws training windows uniformly over the training split, with repetition, as nanoGPT does. A batch is a pure function of
/// (seed, step, micro-step): the sampler has no state to save.
/// </summary>
public sealed class BatchSampler
{
    private readonly TokenDataset _dataset;
    private readonly CounterRandom _random;
    private readonly int _batchSize;
    private readonly int _contextLength;
    private readonly int _microStepsPerStep;

    /// <summary>A sampler of <c>batchSize × (contextLength + 1)</c> tokens a micro-step.</summary>
    public BatchSampler(TokenDataset dataset, long seed, int batchSize, int contextLength, int microStepsPerStep)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(contextLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(microStepsPerStep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contextLength, dataset.Train.Length - 1);
        (_dataset, _batchSize, _contextLength, _microStepsPerStep) = (dataset, batchSize, contextLength, microStepsPerStep);
        _random = new CounterRandom(seed, RandomUse.Batches);
    }

    /// <summary>Fills one micro-batch.</summary>
    /// <param name="step">Zero-based.</param>
    /// <param name="microStep">Zero-based, below the micro-steps per step.</param>
    /// <param name="windows">Receives (B, T + 1) tokens, row by row: inputs are the first T of a row, targets the last T.</param>
    public void Fill(long step, int microStep, Span<long> windows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfNegative(microStep);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(microStep, _microStepsPerStep);
        var length = _contextLength + 1;
        if (windows.Length != _batchSize * length)
        {
            throw new ArgumentException(FormattableString.Invariant($"A micro-batch takes {_batchSize} × {length} tokens; {windows.Length} given."), nameof(windows));
        }

        var first = (((ulong)step * (ulong)_microStepsPerStep) + (ulong)microStep) * (ulong)_batchSize;
        for (var row = 0; row < _batchSize; row++)
        {
            var start = _random.At(first + (ulong)row, _dataset.Train.Length - _contextLength);
            _dataset.Copy(_dataset.Train.Start + start, windows.Slice(row * length, length));
        }
    }
}
