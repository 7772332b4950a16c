using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements in main memory, in the order of its dimensions whatever its strides. Keeps the tensor's object alive.</summary>
/// <typeparam name="T">What the elements are.</typeparam>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly T* _start;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(Tensor tensor)
    {
        _tensor = tensor;
        _start = (T*)tensor.DataPointer;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>One element, by its place in the order or by an index for each dimension.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public T this[params long[] indices]
    {
        get => _start[Offset(indices)];
        set => _start[Offset(indices)] = value;
    }

    /// <summary>All elements, in order.</summary>
    public T[] ToArray()
    {
        var elements = new T[Count];
        CopyTo(elements);
        return elements;
    }

    /// <summary>Copies elements out, from <paramref name="tensorIndex"/> on, until either side ends.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = (int)Math.Min(target.Length, Count - tensorIndex);
        if (_contiguous)
        {
            new ReadOnlySpan<T>(_start + tensorIndex, length).CopyTo(target);
            return;
        }

        for (var i = 0; i < length; i++)
        {
            target[i] = _start[Offset(tensorIndex + i)];
        }
    }

    /// <summary>Copies elements in, from <paramref name="tensorIndex"/> on, until either side ends.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var length = (int)Math.Min(source.Length, Count - tensorIndex);
        if (_contiguous)
        {
            source[..length].CopyTo(new Span<T>(_start + tensorIndex, length));
            return;
        }

        for (var i = 0; i < length; i++)
        {
            _start[Offset(tensorIndex + i)] = source[i];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <summary>Nothing to free: the tensor stays its owner's.</summary>
    public void Dispose() => GC.KeepAlive(_tensor);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            return indices[0] >= 0 && indices[0] < Count ? Offset(indices[0]) : throw new IndexOutOfRangeException();
        }

        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            offset += indices[i] >= 0 && indices[i] < _shape[i] ? indices[i] * _strides[i] : throw new IndexOutOfRangeException();
        }

        return offset;
    }

    private long Offset(long place)
    {
        if (_contiguous)
        {
            return place;
        }

        var offset = 0L;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            offset += place % _shape[i] * _strides[i];
            place /= _shape[i];
        }

        return offset;
    }
}
