namespace Ntl.Domain.Thermodynamics;

/// <summary>What the fast directions do to the slow one: a valley that narrows downstream holds the river back.</summary>
/// <remarks>
/// <para>
/// On <c>l(x,y) = c(y) + ½ Σ aᵢ(y) xᵢ²</c> with the fast x averaged out, <c>dy/dD = −∂_y F</c>, <c>F = c + ½ T Σ ln aᵢ = c − T S</c>.
/// Since <c>½aᵢ⟨xᵢ²⟩</c> is the thermal loss L_th, the force <c>−½ Σ aᵢ'⟨xᵢ²⟩</c> is <c>−L_th ∂_y ln a</c> at any rate for which the fast directions
/// are stationary, so that the exact loss of an <see cref="UpdateRule"/> gives the exact force.
/// </para>
/// <para>Liu et al. 2025, arXiv:2505.10559 (<c>f = T∇S</c>); the trap is the entropic confinement of Di Carlo, Goddard &amp; Schwab 2025, arXiv:2512.06297.</para>
/// </remarks>
public static class EntropicForce
{
    /// <summary>F_ent = T ∂_y S = −L_th ∂_y ln a; nats per unit of y. For many directions, of their sum.</summary>
    /// <param name="thermalLoss">L_th; at least 0, nats. <c>ησ²/4</c> for gradient descent at small rates.</param>
    /// <param name="logCurvatureSlope">∂_y ln a; per unit of y, above 0 where the valley narrows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Of(double thermalLoss, double logCurvatureSlope) =>
        -Require.NotNegative(thermalLoss) * Require.Finite(logCurvatureSlope);

    /// <summary>F = c + ½ T Σ ln aᵢ, the free energy, which is the loss that the river flows down; nats, up to a constant in y.</summary>
    /// <param name="riverLoss">c(y); nats.</param>
    /// <param name="temperature">T; at least 0, nats.</param>
    /// <param name="curvatures">aᵢ(y); each above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double FreeEnergy(double riverLoss, double temperature, params ReadOnlySpan<double> curvatures)
    {
        Require.NotNegative(temperature);
        var logDeterminant = 0.0;
        foreach (var curvature in curvatures)
        {
            logDeterminant += Math.Log(Require.Positive(curvature));
        }

        return Require.Finite(riverLoss) + temperature / 2 * logDeterminant;
    }

    /// <summary>dy/dD = −c' + F_ent, the speed of the river; units of y per unit of intrinsic time.</summary>
    /// <param name="riverSlope">c'(y); nats per unit of y, below 0 where the loss falls along y.</param>
    /// <param name="thermalLoss">L_th; at least 0, nats.</param>
    /// <param name="logCurvatureSlope">∂_y ln a; per unit of y.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Drift(double riverSlope, double thermalLoss, double logCurvatureSlope) =>
        Of(thermalLoss, logCurvatureSlope) - Require.Finite(riverSlope);

    /// <summary>η_c = |c'|/(C |∂_y ln a|), the rate above which a narrowing valley makes the river flow backwards; 4|c'|/(σ²|∂_y ln a|) for gradient descent.</summary>
    /// <param name="riverSlope">c'(y); nats per unit of y.</param>
    /// <param name="lossPerRate">C(σ), <see cref="UpdateRule.LossPerRate"/> summed over directions; above 0, nats per unit of rate.</param>
    /// <param name="logCurvatureSlope">∂_y ln a; per unit of y.</param>
    /// <returns>To first order in the rate; ∞ where the entropic force is zero or helps the river.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double CriticalRate(double riverSlope, double lossPerRate, double logCurvatureSlope) =>
        Opposes(riverSlope, logCurvatureSlope) ? -riverSlope / (Require.Positive(lossPerRate) * logCurvatureSlope) : double.PositiveInfinity;

    /// <summary>The rate at which one direction's entropic force stops the river, at any rate: <c>L_th(η_c) = |c'|/|∂_y ln a|</c>.</summary>
    /// <param name="riverSlope">c'(y); nats per unit of y, not 0.</param>
    /// <param name="rule">The optimizer.</param>
    /// <param name="mode">The direction at y, with noise above 0.</param>
    /// <param name="logCurvatureSlope">∂_y ln a; per unit of y.</param>
    /// <returns>∞ where the entropic force is zero or helps the river.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double CriticalRate(double riverSlope, UpdateRule rule, ValleyMode mode, double logCurvatureSlope) =>
        Opposes(riverSlope, logCurvatureSlope) ? rule.RateOf(-riverSlope / logCurvatureSlope, mode) : double.PositiveInfinity;

    /// <summary>Steps in which the entropic force relaxes y by a factor e about the flattest place, where ∂_y a = 0.</summary>
    /// <param name="rate">η; above 0.</param>
    /// <param name="lossPerRate">C(σ); above 0, nats per unit of rate. As σ² goes with 1/B, gradient descent takes ∝ B/η² steps.</param>
    /// <param name="logCurvatureBend">∂²_y ln a; above 0, per square unit of y.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive and finite.</exception>
    public static double RelaxationSteps(double rate, double lossPerRate, double logCurvatureBend) =>
        1 / (Require.Positive(rate) * rate * Require.Positive(lossPerRate) * Require.Positive(logCurvatureBend));

    // The force is −L_th ∂_y ln a, the river's own −c': they oppose each other when the slopes differ in sign.
    private static bool Opposes(double riverSlope, double logCurvatureSlope) =>
        Require.Finite(riverSlope) * Require.Finite(logCurvatureSlope) < 0;
}
