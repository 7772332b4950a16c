namespace Ntl.Training.Data;

/// <summary>Evenly spaced windows of the validation split: the same for every run of a data set, context length and count, so that losses compare.</summary>
public sealed class ValidationSet
{
    private readonly TokenDataset _dataset;
    private readonly TokenRange _range;
    private readonly int _contextLength;

    /// <summary>A set of windows, fewer than asked where they would overlap.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="range">The part of it that the windows cover: the validation split, or one half of it.</param>
    /// <param name="contextLength">T, tokens.</param>
    /// <param name="windowCount">Windows wanted, at least 1.</param>
    public ValidationSet(TokenDataset dataset, TokenRange range, int contextLength, int windowCount)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(windowCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(contextLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contextLength, range.Length - 1, nameof(contextLength));
        (_dataset, _range, _contextLength) = (dataset, range, contextLength);
        Count = (int)Math.Min(windowCount, (range.Length - 1) / contextLength);
    }

    /// <summary>Windows in the set.</summary>
    public int Count { get; }

    /// <summary>Where a window begins: the first at the range's start, the last at its end, the others evenly between.</summary>
    /// <param name="index">Zero-based, below <see cref="Count"/>.</param>
    /// <returns>Index of the window's first token in the file.</returns>
    public long Start(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var last = _range.Length - 1 - _contextLength;
        return _range.Start + (Count == 1 ? 0 : (long)((Int128)last * index / (Count - 1)));
    }

    /// <summary>Copies consecutive windows.</summary>
    /// <param name="first">The first window.</param>
    /// <param name="windows">Receives (n, T + 1) tokens, row by row.</param>
    public void Fill(int first, Span<long> windows)
    {
        var length = _contextLength + 1;
        for (var row = 0; row < windows.Length / length; row++)
        {
            _dataset.Copy(Start(first + row), windows.Slice(row * length, length));
        }
    }
}
