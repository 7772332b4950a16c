using System.Runtime.InteropServices;

namespace Ntl.Domain.Schedules;

/// <summary>A vertex of <see cref="PiecewisePoints"/>.</summary>
/// <param name="Step">Local step of the phase; ≥ 0.</param>
/// <param name="Rate">The learning rate there; ≥ 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RatePoint(long Step, double Rate);
