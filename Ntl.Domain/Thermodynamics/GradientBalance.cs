namespace Ntl.Domain.Thermodynamics;

/// <summary>Equipartition between layers: where a loss does not change under <c>u → λu, w → w/λ</c>, noise drives E|g_u|² and E|g_w|² together.</summary>
/// <remarks>Ziyin, Xu &amp; Chuang 2025, arXiv:2505.12387.</remarks>
public static class GradientBalance
{
    /// <summary>Change of |u|² − |w|² in a step of gradient descent, <c>η²(E|g_u|² − E|g_w|²)</c>: exact without weight decay; parameter².</summary>
    /// <param name="rate">η; at least 0.</param>
    /// <param name="firstSquare">E|g_u|²; at least 0, nats²/parameter².</param>
    /// <param name="secondSquare">E|g_w|²; at least 0, nats²/parameter².</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public static double NormDrift(double rate, double firstSquare, double secondSquare) =>
        Require.NotNegative(rate) * rate * (Require.NotNegative(firstSquare) - Require.NotNegative(secondSquare));

    /// <summary>The stationary E|g_u|² − E|g_w|² under a penalty γ|θ|²: <c>4γ(|u|² − |w|²)/η</c>; nats²/parameter².</summary>
    /// <param name="rate">η; above 0.</param>
    /// <param name="penalty">γ; at least 0, nats/parameter².</param>
    /// <param name="firstNormSquare">|u|²; at least 0, parameter².</param>
    /// <param name="secondNormSquare">|w|²; at least 0, parameter².</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double StationaryDifference(double rate, double penalty, double firstNormSquare, double secondNormSquare) =>
        4 * Require.NotNegative(penalty) * (Require.NotNegative(firstNormSquare) - Require.NotNegative(secondNormSquare)) / Require.Positive(rate);

    /// <summary>How unlike the layers are: the largest E|g_l|² over the smallest, and their standard deviation over their mean; 1 and 0 in balance.</summary>
    /// <param name="squares">E|g_l|² of each layer, at least one, in the metric of the optimizer; each at least 0, nats per unit of rate.</param>
    /// <returns>The ratio is ∞ where a layer has no gradient; both are NaN where none has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer, or a square is negative or not finite.</exception>
    public static (double Ratio, double Variation) OfLayers(params ReadOnlySpan<double> squares)
    {
        ArgumentOutOfRangeException.ThrowIfZero(squares.Length, nameof(squares));
        var (least, most, sum) = (double.PositiveInfinity, 0.0, 0.0);
        foreach (var square in squares)
        {
            (least, most) = (Math.Min(least, Require.NotNegative(square)), Math.Max(most, square));
            sum += square;
        }

        var (mean, spread) = (sum / squares.Length, 0.0);
        foreach (var square in squares)
        {
            spread += (square - mean) * (square - mean);
        }

        return (most / least, Math.Sqrt(spread / squares.Length) / mean);
    }

    /// <summary>‖A − B‖/‖A + B‖ in Frobenius norm, the imbalance of two gradient matrices <c>E[g₁g₁ᵀ]</c> and <c>E[g₂ᵀg₂]</c>; 0 when balanced, at most 1 for covariances.</summary>
    /// <param name="first">A, row by row; nats²/parameter².</param>
    /// <param name="second">B, row by row; nats²/parameter².</param>
    /// <returns>NaN when both are zero or empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The matrices differ in size.</exception>
    public static double Imbalance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        var (difference, sum) = (0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            difference += (first[i] - second[i]) * (first[i] - second[i]);
            sum += (first[i] + second[i]) * (first[i] + second[i]);
        }

        return Math.Sqrt(difference / sum);
    }
}
