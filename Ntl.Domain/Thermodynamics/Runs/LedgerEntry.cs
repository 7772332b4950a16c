using System.Runtime.InteropServices;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>One line of the first law's ledger: what has been done and taken up since the first line.</summary>
/// <param name="Step">Of the measurement.</param>
/// <param name="LossChange">ΔL of the validation loss as logged; nats.</param>
/// <param name="Change">W, the change of the cold loss, and Q, that of the thermal loss; nats.</param>
/// <param name="StandardError">Of W and of Q, from the error of the two thermal losses; nats. NaN where unknown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LedgerEntry(long Step, double LossChange, EnergyChange Change, double StandardError);
