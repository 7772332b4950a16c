namespace Ntl.Domain.Laws;

/// <summary>A point of a fit's grid.</summary>
/// <param name="Indices">Which number of each grid.</param>
/// <param name="Exponent">Which α.</param>
/// <param name="Misfit">What is left there.</param>
internal sealed record GridPlace(int[] Indices, int Exponent, double Misfit)
{
    /// <summary>Whether a place is at most so many grid points away in every number.</summary>
    public bool IsNear(int[] indices, int reach) => Indices.Zip(indices, (a, b) => Math.Abs(a - b)).All(distance => distance <= reach);
}
