namespace Ntl.Training.Probes;

/// <summary>What a <see cref="RiverProbe"/> knows besides its arrays, for checkpoints.</summary>
/// <param name="StepCount">Steps of the window so far.</param>
/// <param name="HasDirection">Whether a window was closed before, in which the mean moved.</param>
/// <param name="Shares">Of each block of steps, its part in the running mean.</param>
/// <param name="Sums">Of each block, Σ share · g·û; nats/parameter.</param>
/// <param name="Squares">Of all steps, Σ share · (g·û)²; nats²/parameter².</param>
/// <param name="ShareSquares">Of all steps, Σ share².</param>
public sealed record RiverProgress(long StepCount, bool HasDirection, IReadOnlyList<double> Shares, IReadOnlyList<double> Sums, double Squares, double ShareSquares);
