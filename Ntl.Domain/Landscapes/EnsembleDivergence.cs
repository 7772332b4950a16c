using System.Runtime.InteropServices;

namespace Ntl.Domain.Landscapes;

/// <summary>Replicas that left for infinity; they are not in any mean from then on.</summary>
/// <param name="Replicas">How many, above 0.</param>
/// <param name="Share">Of all, in (0, 1].</param>
/// <param name="FirstStep">Number of steps after which the first was gone; at most three late.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnsembleDivergence(int Replicas, double Share, long FirstStep);
