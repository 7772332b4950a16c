using System.Runtime.InteropServices;

namespace Ntl.Domain.Laws;

/// <summary>A loss that was measured, or is asked for.</summary>
/// <param name="Updates">After so many updates, ≥ 1. A log's row with the zero-based step s and the rate of that step stands at <c>s + 1</c>.</param>
/// <param name="Loss">nats/token.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LossPoint(long Updates, double Loss);
