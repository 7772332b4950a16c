namespace Ntl.Domain.Thermodynamics;

/// <summary>Two directions of one valley, <c>l = ½a₁x₁² + b x₁x₂ + ½a₂x₂²</c>, each in its own bath: heat is conducted through b.</summary>
/// <param name="FirstCurvature">a₁; above 0, nats/parameter².</param>
/// <param name="SecondCurvature">a₂; above 0, nats/parameter².</param>
/// <param name="Coupling">b; b² below a₁a₂, nats/parameter².</param>
/// <exception cref="ArgumentOutOfRangeException">The landscape is not a valley.</exception>
/// <remarks>
/// Exact for small rates, where <c>dC/dD = −HC − CH + 2 diag(T₁, T₂)</c> with C the covariance of x;
/// the flow is derived here from its steady solution.
/// </remarks>
public sealed record CoupledModes(double FirstCurvature, double SecondCurvature, double Coupling)
{
    /// <summary>a₁; nats/parameter².</summary>
    public double FirstCurvature { get; } = Require.Positive(FirstCurvature);

    /// <summary>a₂; nats/parameter².</summary>
    public double SecondCurvature { get; } = Require.Positive(SecondCurvature);

    /// <summary>b; nats/parameter².</summary>
    public double Coupling { get; } =
        Math.Abs(Require.Finite(Coupling)) < Math.Sqrt(FirstCurvature) * Math.Sqrt(SecondCurvature)
            ? Coupling
            : throw new ArgumentOutOfRangeException(nameof(Coupling), Coupling, "The square of the coupling must be below the product of the curvatures.");

    /// <summary>b²/(a₁+a₂), heat per unit of intrinsic time for a unit of temperature difference; 1/rate.</summary>
    public double Conductance => Coupling * Coupling / (FirstCurvature + SecondCurvature);

    /// <summary>J = b²(T₁−T₂)/(a₁+a₂), the steady flow of heat from the first direction to the second; nats per unit of intrinsic time.</summary>
    /// <param name="firstTemperature">T₁ of the first direction's bath; at least 0, nats.</param>
    /// <param name="secondTemperature">T₂; at least 0, nats.</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature is negative or not finite.</exception>
    public double HeatFlow(double firstTemperature, double secondTemperature) =>
        Conductance * (Require.NotNegative(firstTemperature) - Require.NotNegative(secondTemperature));

    /// <summary>The steady covariance of the two directions, the solution of Lyapunov's equation.</summary>
    /// <inheritdoc cref="HeatFlow"/>
    public PairCovariance Steady(double firstTemperature, double secondTemperature)
    {
        Require.NotNegative(firstTemperature);
        Require.NotNegative(secondTemperature);
        var determinant = FirstCurvature * SecondCurvature - Coupling * Coupling;
        var covariance = -Coupling * (firstTemperature * SecondCurvature + secondTemperature * FirstCurvature)
            / ((FirstCurvature + SecondCurvature) * determinant);
        return new(
            (firstTemperature - Coupling * covariance) / FirstCurvature,
            covariance,
            (secondTemperature - Coupling * covariance) / SecondCurvature);
    }

    /// <summary>Heat that each bath gives to its direction, <c>Tᵢaᵢ − ⟨(Hx)ᵢ²⟩</c>; nats per unit of intrinsic time. Their sum is 0 in the steady state.</summary>
    /// <param name="covariance">Of x, steady or not.</param>
    /// <param name="firstTemperature">T₁ of the first direction's bath; at least 0, nats.</param>
    /// <param name="secondTemperature">T₂; at least 0, nats.</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature is negative or not finite.</exception>
    public (double First, double Second) HeatFromBaths(PairCovariance covariance, double firstTemperature, double secondTemperature)
    {
        var (first, both, second) = covariance;
        var (a, b, c) = (FirstCurvature, Coupling, SecondCurvature);
        return (
            Require.NotNegative(firstTemperature) * a - (a * a * first + 2 * a * b * both + b * b * second),
            Require.NotNegative(secondTemperature) * c - (b * b * first + 2 * b * c * both + c * c * second));
    }

    /// <summary>The covariance after one step of gradient descent, exactly: <c>(I−ηH)C(I−ηH) + η²Σ</c> with the noise <c>σᵢ² = 2Tᵢ/η</c> that makes the baths.</summary>
    /// <param name="covariance">Before the step.</param>
    /// <param name="rate">η; above 0.</param>
    /// <param name="firstTemperature">T₁ of the first direction's bath; at least 0, nats.</param>
    /// <param name="secondTemperature">T₂; at least 0, nats.</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature is negative or not finite.</exception>
    public PairCovariance Advance(PairCovariance covariance, double rate, double firstTemperature, double secondTemperature)
    {
        Require.Positive(rate);
        var (first, both, second) = covariance;
        var (p, q, r) = (1 - rate * FirstCurvature, -rate * Coupling, 1 - rate * SecondCurvature);
        return new(
            p * p * first + 2 * p * q * both + q * q * second + 2 * rate * Require.NotNegative(firstTemperature),
            p * q * first + (p * r + q * q) * both + q * r * second,
            q * q * first + 2 * q * r * both + r * r * second + 2 * rate * Require.NotNegative(secondTemperature));
    }
}
