namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>The change of a run's entropy, and what it was computed from.</summary>
/// <param name="Series">ΔS since the first measurement, a direction; nats.</param>
/// <param name="Basis">How.</param>
public sealed record EntropyReading(EstimateSeries Series, EntropyBasis Basis);
