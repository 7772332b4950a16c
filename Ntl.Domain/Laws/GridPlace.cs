namespace Ntl.Domain.Laws;

/// <summary>A point of a fit's grid.</summary>
/// <param name="Indices">Which number of each grid.</param>
/// <param name="Exponent">Which α.</param>
/// <param name="Misfit">What is left there.</param>
internal sealed record GridPlace(int[] Indices, int Exponent, double Misfit);
