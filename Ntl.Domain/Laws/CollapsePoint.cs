using System.Runtime.InteropServices;

namespace Ntl.Domain.Laws;

/// <summary>A loss at some intrinsic time.</summary>
/// <param name="Time">D = Σ η so far; above 0.</param>
/// <param name="Loss">nats/token.</param>
/// <param name="Peak">The highest rate of its training: the group that it belongs to.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CollapsePoint(double Time, double Loss, double Peak);
