namespace Ntl.Training.Runs;

/// <summary>Follows the control file from the training loop: looks at most every <see cref="Interval"/>.</summary>
/// <param name="run">The run.</param>
/// <param name="time">The clock.</param>
public sealed class ControlReader(RunDirectory run, TimeProvider time)
{
    /// <summary>The longest that a request waits for a look, beyond the step under way.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private long? _lookedAt;
    private Control _latest = Control.None;

    /// <summary>The latest request. Costs nothing between looks, one read of a small file a look.</summary>
    /// <exception cref="InvalidDataException">The file is not a request.</exception>
    public Control Poll()
    {
        if (_lookedAt is { } lookedAt && time.GetElapsedTime(lookedAt) < Interval)
        {
            return _latest;
        }

        _lookedAt = time.GetTimestamp();
        return _latest = File.Exists(run.ControlPath) ? Control.Read(run) : Control.None;
    }
}
