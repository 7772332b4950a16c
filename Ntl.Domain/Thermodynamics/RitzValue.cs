using System.Runtime.InteropServices;

namespace Ntl.Domain.Thermodynamics;

/// <summary>An eigenvalue of a Lanczos run.</summary>
/// <param name="Value">θ, in the unit of the operator.</param>
/// <param name="Weight">Share of the starting vector that lies along it; the weights of a run add up to 1, and are those of Gauss quadrature.</param>
/// <param name="Error">Bound: the operator has an eigenvalue within this of θ (exact arithmetic). At least 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RitzValue(double Value, double Weight, double Error);
