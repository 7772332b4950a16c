using Microsoft.Win32.SafeHandles;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;

namespace Ntl.Training.Runs;

/// <summary>
/// A trainer's journal. Records gather in memory and leave in one write, at the latest <see cref="FlushInterval"/> after the
/// first of them, each time after a look at the fence. Thread-safe; the timer's failures are thrown by the next call.
/// </summary>
public sealed class JournalWriter : IDisposable
{
    /// <summary>The longest that a record waits to be written.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    private const int ReserveBytes = 256 << 10;
    private const int InitialBuffer = 64 << 10;

    private readonly AttemptDirectory _attempt;
    private readonly FenceGuard _guard;
    private readonly SafeFileHandle _handle;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly MetricBuffer _metrics = new();
    private byte[] _buffer = new byte[InitialBuffer];
    private int _buffered;
    private long _length;
    private Exception? _failure;
    private bool _disposed;

    /// <summary>Begins an attempt's journal, durably.</summary>
    /// <exception cref="SupersededException">The fence names another attempt.</exception>
    /// <exception cref="IOException">The journal exists already, an attempt being one start, or the disk is full.</exception>
    public JournalWriter(AttemptDirectory attempt, FenceGuard guard, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(time);
        (_attempt, _guard) = (attempt, guard);
        guard.Verify();
        _handle = File.OpenHandle(attempt.JournalPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        File.WriteAllBytes(attempt.ReservePath, new byte[ReserveBytes]);
        WriteAtEnd(JournalFormat.Header(attempt.Number));
        RandomAccess.FlushToDisk(_handle);
        DurableFile.FlushDirectory(attempt.Root);
        _timer = time.CreateTimer(_ => FlushOnTimer(), null, FlushInterval, FlushInterval);
    }

    /// <summary>Adds a record; it is written at the next flush.</summary>
    /// <exception cref="SupersededException">An earlier flush found another attempt in the fence.</exception>
    /// <exception cref="IOException">An earlier flush failed; see <see cref="DurableFile.IsOutOfSpace"/>.</exception>
    public void Append(JournalRecord record)
    {
        using (_gate.EnterScope())
        {
            ThrowIfFailed();
            SealMetrics(); // the journal keeps the order in which things happened
            AppendFrame(JournalCodec.Encode(record));
        }
    }

    /// <summary>Adds a metric point; points leave together as one <see cref="MetricsRecorded"/> at the next flush or record.</summary>
    /// <param name="key">The metric.</param>
    /// <param name="step">Zero-based; larger than the metric's last.</param>
    /// <param name="value">May be NaN or infinite.</param>
    /// <exception cref="SupersededException">An earlier flush found another attempt in the fence.</exception>
    /// <exception cref="IOException">An earlier flush failed; see <see cref="DurableFile.IsOutOfSpace"/>.</exception>
    public void AppendMetric(MetricKey key, long step, double value)
    {
        using (_gate.EnterScope())
        {
            ThrowIfFailed();
            _metrics.Add(key, step, value);
        }
    }

    /// <summary>Writes what has gathered, in one write.</summary>
    /// <param name="durable">Whether to wait until it is on the disk.</param>
    /// <exception cref="SupersededException">The fence names another attempt; nothing was written.</exception>
    /// <exception cref="IOException">The disk is full or broken; the journal ends with its last whole record, and the next flush tries again.</exception>
    public void Flush(bool durable = false)
    {
        using (_gate.EnterScope())
        {
            ThrowIfFailed();
            WriteBuffer();
            if (durable)
            {
                RandomAccess.FlushToDisk(_handle);
            }
        }
    }

    /// <summary>Frees the space set aside and forgets a failed flush, so that the last records fit on a full disk.</summary>
    public void ReleaseReserve()
    {
        using (_gate.EnterScope())
        {
            File.Delete(_attempt.ReservePath);
            _failure = null;
        }
    }

    /// <summary>Stops the timer and closes the file; what has gathered since the last flush is not written.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        using (_gate.EnterScope())
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _handle.Dispose();
            File.Delete(_attempt.ReservePath);
        }
    }

    private void FlushOnTimer()
    {
        using (_gate.EnterScope())
        {
            if (_failure is not null || _disposed)
            {
                return;
            }

            try
            {
                WriteBuffer();
            }
            catch (Exception exception) when (exception is SupersededException or IOException or InvalidDataException or UnauthorizedAccessException)
            {
                _failure = exception;
            }
        }
    }

    private void ThrowIfFailed()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failure is { } failure)
        {
            _failure = null; // told once: the caller may make room and go on
            throw failure;
        }
    }

    private void SealMetrics()
    {
        if (_metrics.Take() is { } metrics)
        {
            AppendFrame(MetricsCodec.Encode(metrics));
        }
    }

    private void AppendFrame(byte[] payload)
    {
        if (payload.Length > JournalFormat.MaximumPayload)
        {
            throw new ArgumentException(FormattableString.Invariant($"A record of {payload.Length} bytes is longer than {JournalFormat.MaximumPayload}."), nameof(payload));
        }

        var size = JournalFormat.FrameLength + payload.Length;
        if (_buffer.Length - _buffered < size)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _buffered + size));
        }

        JournalFormat.WriteFrame(_buffer.AsSpan(_buffered), payload);
        payload.CopyTo(_buffer.AsSpan(_buffered + JournalFormat.FrameLength));
        _buffered += size;
    }

    private void WriteBuffer()
    {
        SealMetrics();
        if (_buffered == 0)
        {
            return;
        }

        _guard.Verify();
        WriteAtEnd(_buffer.AsSpan(0, _buffered));
        _buffered = 0;
    }

    // If the process dies within the write, the reader finds whole records and then a torn one, which it leaves out.
    private void WriteAtEnd(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, _length);
            _length += bytes.Length;
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_handle, _length); // cut what was written of a torn record
            throw;
        }
    }
}
