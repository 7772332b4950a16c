using System.Runtime.InteropServices;

namespace Ntl.Domain.Thermodynamics;

/// <summary>Second moments of two directions; parameter².</summary>
/// <param name="First">⟨x₁²⟩.</param>
/// <param name="Both">⟨x₁x₂⟩.</param>
/// <param name="Second">⟨x₂²⟩.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PairCovariance(double First, double Both, double Second);
