using System.Runtime.InteropServices;

namespace Ntl.Domain.Metrics;

/// <summary>A metric's value at a step.</summary>
/// <param name="Step">Zero-based optimizer step; ≥ 0.</param>
/// <param name="Value">In the metric's unit; NaN and ±∞ are values like others.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MetricPoint(long Step, double Value);
