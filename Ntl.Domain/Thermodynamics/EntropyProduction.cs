namespace Ntl.Domain.Thermodynamics;

/// <summary>Clausius: what system and bath gain in entropy together when heat flows between them; nats, never below 0.</summary>
/// <remarks>Second law of Liu et al. 2025, arXiv:2505.10559, made quantitative with the entropy of <see cref="Entropy"/>.</remarks>
public static class EntropyProduction
{
    /// <summary>ΔS_tot = (N/2)(r − 1 − ln r) of a quench from T₀ to T₁ = T₀/r, cooled to the end; 0.8069 per direction at r = 4.</summary>
    /// <param name="directions">N; at least 0.</param>
    /// <param name="temperatureBefore">T₀; above 0, nats.</param>
    /// <param name="temperatureAfter">T₁, also the bath's; above 0, nats.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double OfQuench(double directions, double temperatureBefore, double temperatureAfter) =>
        OfExchange(directions, temperatureBefore, temperatureAfter, temperatureAfter);

    /// <summary>ΔS_tot of one exchange: <c>(N/2)[ln(T₁/T₀) − (T₁ − T₀)/T_bath]</c>, exact for a finite step in one bath.</summary>
    /// <param name="directions">N; at least 0.</param>
    /// <param name="temperatureBefore">T₀ of the system; above 0, nats.</param>
    /// <param name="temperatureAfter">T₁ of the system; above 0, nats.</param>
    /// <param name="bathTemperature">T_bath; above 0, nats.</param>
    /// <returns>At least 0 whenever the exchange brings the system nearer to its bath without passing it; below 0 says that something else drove it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double OfExchange(double directions, double temperatureBefore, double temperatureAfter, double bathTemperature) =>
        Entropy.Change(directions, temperatureBefore, temperatureAfter)
        - HeatCapacity.PerTemperature(directions) * (temperatureAfter - temperatureBefore) / Require.Positive(bathTemperature);

    /// <summary>dS_tot = dQ (1/T_bath − 1/T) to first order in the heat that the system gives to its bath.</summary>
    /// <param name="heatToBath">dQ; nats, below 0 when the bath heats the system.</param>
    /// <param name="bathTemperature">T_bath; above 0, nats.</param>
    /// <param name="temperature">T of the system; above 0, nats.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double OfHeat(double heatToBath, double bathTemperature, double temperature) =>
        Require.Finite(heatToBath) * (1 / Require.Positive(bathTemperature) - 1 / Require.Positive(temperature));
}
