using System.Runtime.InteropServices;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Training.Engine;

/// <summary>Gathers what may ask a trainer to leave before its last step: the control file, and the signals of the system.</summary>
public sealed class LeaveRequest : IDisposable
{
    private const PosixSignal UserSignal1 = (PosixSignal)10; // SIGUSR1 on Linux; Slurm sends it before a time limit

    private readonly ControlReader _control;
    private readonly LeaseKeeper _lease;
    private readonly long? _pauseAt;
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile bool _isSignalled;

    /// <summary>Listens from now on.</summary>
    /// <param name="control">The control file.</param>
    /// <param name="lease">Tells when the trainer is superseded.</param>
    /// <param name="pauseAt">Updates after which to pause; null for none.</param>
    public LeaveRequest(ControlReader control, LeaseKeeper lease, long? pauseAt)
    {
        (_control, _lease, _pauseAt) = (control, lease, pauseAt);
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, UserSignal1 })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true; // the training loop leaves in order
                _isSignalled = true;
            }));
        }
    }

    /// <summary>How the trainer should leave now; null to go on. Cheap enough for every step.</summary>
    /// <param name="step">Updates done.</param>
    /// <exception cref="SupersededException">Another attempt has taken over.</exception>
    public AttemptOutcome? Poll(long step)
    {
        _lease.Verify();
        if (_isSignalled)
        {
            return AttemptOutcome.Interrupted;
        }

        if (step >= _pauseAt)
        {
            return AttemptOutcome.Paused;
        }

        return _control.Poll().State switch
        {
            ControlState.Pause => AttemptOutcome.Paused,
            ControlState.Stop => AttemptOutcome.Stopped,
            _ => null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }
}
