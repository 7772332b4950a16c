using System.Collections.Immutable;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Landscapes;

/// <summary>The river–valley landscape l(x, y) = c(y) + ½·Σ_i a_i·s(y)·x_i², with gradient noise σ_i in x_i and σ_y in y.</summary>
/// <remarks>Liu et al. 2025, arXiv:2505.10559, figure 1. Coordinates are x_0 … x_{N−1}, then y where there is a river.</remarks>
/// <param name="Directions">The fast directions at y = 0, 1 to <see cref="MaximumDirections"/>.</param>
/// <param name="River">c(y).</param>
/// <param name="Valley">s(y).</param>
/// <param name="RiverNoise">σ_y ≥ 0, nats per unit of y.</param>
public sealed record RiverValley(
    ImmutableArray<ValleyMode> Directions, RiverProfile River, CurvatureProfile Valley, double RiverNoise = 0) : Landscape
{
    /// <summary>The most fast directions.</summary>
    public const int MaximumDirections = 1_000;

    /// <summary>Observed at every record: c(y), nats.</summary>
    public const int RiverLoss = 0;

    /// <summary>Observed at every record: thermal loss ½·Σ a_i x_i², nats.</summary>
    public const int ThermalLoss = 1;

    /// <summary>Observed at every record: y.</summary>
    public const int RiverPosition = 2;

    /// <summary>Observed at every record: x_0.</summary>
    public const int FastPosition = 3;

    /// <summary>A valley without a river.</summary>
    /// <param name="directions">The fast directions.</param>
    public static RiverValley WithoutRiver(params ImmutableArray<ValleyMode> directions) =>
        new(directions, RiverProfile.Level, CurvatureProfile.Uniform);

    /// <summary>Whether y moves at all.</summary>
    public bool HasRiver => River.Shape != RiverShape.Level || Valley.Shape != CurvatureShape.Uniform || RiverNoise > 0;

    /// <inheritdoc/>
    public override int Coordinates => Directions.Length + (HasRiver ? 1 : 0);

    internal override int NoiseChannels => Directions.Length + (RiverNoise > 0 ? 1 : 0);

    /// <summary>The loss c(y) + ½·Σ a_i(y) x_i² with the same x in every direction, nats.</summary>
    public double Loss(double x, double y) => River.Height(y) + (0.5 * Directions.Sum(direction => direction.Curvature) * Valley.Factor(y) * x * x);

    /// <summary>One direction at a place along the river; where a replica was thrown so far that its curvature overflows, the nearest that does not.</summary>
    internal ValleyMode ModeAt(int direction, double y) =>
        new(Math.Clamp(Directions[direction].Curvature * Valley.Factor(y), 1e-300, 1e300), Directions[direction].Noise);

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        if (Directions.Length is < 1 or > MaximumDirections)
        {
            problems.Add(new($"{path}.directions", $"A valley has from 1 to {MaximumDirections} fast directions; this one has {Directions.Length}."));
        }

        Require(River.Shape is RiverShape.Falling or RiverShape.Level || River.Scale >= 0, $"{path}.river.scale", "The river's scale", River.Scale, "0 or more for this shape", problems);
        Require(Valley.Shape is not CurvatureShape.Quadratic || Valley.Rate >= 0, $"{path}.valley.rate", "The sharpening q", Valley.Rate, "0 or more for a quadratic valley, or its curvature would turn negative", problems);
        Require(RiverNoise >= 0, $"{path}.riverNoise", "The river's noise σ_y", RiverNoise, "0 or more", problems);
    }

    internal override EnsembleResult Run(EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EnsembleEngine.Run(new RiverValleyKernel(this), spec, threads, progress, cancellationToken);
}
