using System.Runtime.InteropServices;

namespace Ntl.Domain.Laws;

/// <summary>Directions of the valley that cool at one rate.</summary>
/// <param name="CoolingRate">κ: share of its heat lost per unit of D; +∞ for a mode always in equilibrium. 1/rate.</param>
/// <param name="Heat">C: the loss that it holds in equilibrium with the reference rate, ≥ 0. nats/token.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValleyMode(double CoolingRate, double Heat);
