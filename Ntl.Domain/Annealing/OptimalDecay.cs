using System.Collections.Immutable;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Annealing;

/// <summary>The best rates for many directions, found numerically.</summary>
/// <param name="Rates">η of each step.</param>
/// <param name="ThermalLoss">Σ ½aV after the last step; nats.</param>
/// <param name="Iterations">Projected gradients taken.</param>
/// <param name="Residual">The largest move of a log-rate that a projected gradient of ln L would still make; 0 at a stationary point.</param>
/// <remarks>
/// Spectral projected gradient (Birgin, Martínez &amp; Raydan 2000, SIAM J. Optim. 10:1196) on ln L as a function of ln η, where rates that differ by
/// orders of magnitude weigh alike and the constraints stay a box and an order. Eight octaves of curvature over 600 steps take some 30 iterations.
/// </remarks>
public sealed record OptimalDecay(ImmutableArray<double> Rates, double ThermalLoss, int Iterations, double Residual)
{
    /// <summary>Solves a problem from a 1/t start.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="maximumIterations">Where to stop at the latest; at least 1.</param>
    /// <param name="tolerance">The residual to stop at; at least 0.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static OptimalDecay Solve(DecayProblem problem, int maximumIterations = 2_000, double tolerance = 1e-7, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumIterations, 1);
        Require.NotNegative(tolerance);
        var rates = new double[problem.Steps];
        var search = new SpectralDescent(Start(problem), (point, gradient) => Evaluate(problem, point, rates, gradient), point => Project(problem, point));
        var iteration = 0;
        while (search.Residual > tolerance && iteration < maximumIterations && search.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            iteration++;
        }

        return new([.. search.Best.Select(Math.Exp)], Math.Exp(search.BestValue), iteration, search.Residual);
    }

    // ln η of the 1/t decay that suits the fastest direction.
    private static double[] Start(DecayProblem problem)
    {
        var fastest = problem.Modes.Max(mode => mode.Curvature);
        return [.. Enumerable.Range(1, problem.Steps).Select(step => -Math.Log(1 / problem.StartRate + fastest / 2 * step))];
    }

    private static void Project(DecayProblem problem, double[] point)
    {
        if (problem.MustFall)
        {
            FallingProjection.Apply(point);
        }

        // Clipping a falling sequence keeps it falling and is the projection on both constraints.
        var (low, high) = (Math.Log(problem.MinimumRate), Math.Log(problem.MaximumRate));
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Math.Clamp(point[i], low, high);
        }
    }

    // ln L at ln η, and its slopes.
    private static double Evaluate(DecayProblem problem, double[] point, double[] rates, double[] gradient)
    {
        for (var i = 0; i < point.Length; i++)
        {
            rates[i] = Math.Exp(point[i]);
        }

        var loss = problem.ThermalLoss(rates, gradient);
        for (var i = 0; i < point.Length; i++)
        {
            gradient[i] *= rates[i] / loss;
        }

        return Math.Log(loss);
    }
}
