namespace Ntl.Training.Runs;

/// <summary>Takes an attempt's lease and renews it on a timer until disposed.</summary>
public sealed class LeaseKeeper : IDisposable
{
    private readonly AttemptDirectory _attempt;
    private readonly FenceGuard _guard;
    private readonly TimeProvider _time;
    private readonly ProcessIdentity _process = ProcessIdentity.Current;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _renewals;
    private volatile Exception? _failure;

    /// <summary>Takes the lease at once.</summary>
    /// <exception cref="SupersededException">The fence names another attempt.</exception>
    /// <exception cref="IOException">The lease cannot be written.</exception>
    public LeaseKeeper(AttemptDirectory attempt, FenceGuard guard, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_attempt, _guard, _time) = (attempt, guard, time);
        Renew();
        _timer = time.CreateTimer(_ => TryRenew(), null, Lease.RenewalInterval, Lease.RenewalInterval);
    }

    /// <summary>Throws what the last renewal met; called by the trainer between steps.</summary>
    /// <exception cref="SupersededException">The fence names another attempt.</exception>
    public void Verify()
    {
        if (_failure is SupersededException superseded)
        {
            throw superseded;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        using (_gate.EnterScope())
        {
            // A renewal in flight has ended; later ones find the timer gone.
        }
    }

    private void TryRenew()
    {
        try
        {
            Renew();
            _failure = null;
        }
        catch (Exception exception) when (exception is SupersededException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // A full disk may only delay a heartbeat; the journal meets the same disk and reports it. Being superseded is final.
            _failure = exception;
        }
    }

    private void Renew()
    {
        using (_gate.EnterScope())
        {
            _guard.Verify();
            var lease = new Lease(_guard.Own.Attempt, _guard.Own.Token, _process, _renewals++, _time.GetUtcNow());
            DurableFile.WriteJson(_attempt.LeasePath, lease, durable: false);
        }
    }
}
