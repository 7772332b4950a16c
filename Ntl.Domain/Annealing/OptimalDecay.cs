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
    // A step is accepted when it is below the worst of so many last values: spectral steps are not monotone.
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;
    private const double LongestStep = 1e6;
    private const double ShortestStep = 1e-6;

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
        var search = new Search(problem);
        var iteration = 0;
        while (search.Residual > tolerance && iteration < maximumIterations && search.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            iteration++;
        }

        return new([.. search.Best.Select(Math.Exp)], Math.Exp(search.BestValue), iteration, search.Residual);
    }

    private sealed class Search
    {
        private readonly DecayProblem _problem;
        private readonly Queue<double> _recent = new();
        private readonly double[] _rates;
        private readonly double[] _point; // ln η
        private readonly double[] _gradient; // ∂ ln L/∂ ln η
        private readonly double[] _trial;
        private readonly double[] _trialGradient;
        private readonly double[] _direction;
        private double _length = 1;

        public Search(DecayProblem problem)
        {
            _problem = problem;
            _rates = new double[problem.Steps];
            (_gradient, _trial, _trialGradient, _direction) =
                (new double[problem.Steps], new double[problem.Steps], new double[problem.Steps], new double[problem.Steps]);
            var fastest = problem.Modes.Max(mode => mode.Curvature);
            _point = [.. Enumerable.Range(1, problem.Steps).Select(step => -Math.Log(1 / problem.StartRate + fastest / 2 * step))];
            Project(_point);
            BestValue = Evaluate(_point, _gradient);
            Best = [.. _point];
            _recent.Enqueue(BestValue);
            Aim(1);
        }

        public double[] Best { get; private set; }

        public double BestValue { get; private set; }

        public double Residual { get; private set; }

        /// <summary>One iteration; false when rounding leaves no way down.</summary>
        public bool Step()
        {
            Aim(_length);
            var slope = Dot(_direction, _gradient);
            var worst = _recent.Max();
            var share = 1.0;
            double value;
            while ((value = Try(share)) > worst + SufficientDecrease * share * slope || double.IsNaN(value))
            {
                share /= 2;
                if (share < 1e-12)
                {
                    return false;
                }
            }

            Accept(value);
            Aim(1);
            return true;
        }

        private double Try(double share)
        {
            for (var i = 0; i < _trial.Length; i++)
            {
                _trial[i] = _point[i] + share * _direction[i];
            }

            return Evaluate(_trial, _trialGradient);
        }

        private void Accept(double value)
        {
            var (moved, bent) = (0.0, 0.0);
            for (var i = 0; i < _point.Length; i++)
            {
                var move = _trial[i] - _point[i];
                moved += move * move;
                bent += move * (_trialGradient[i] - _gradient[i]);
            }

            _length = bent > 0 ? Math.Clamp(moved / bent, ShortestStep, LongestStep) : LongestStep; // Barzilai & Borwein
            _trial.CopyTo(_point, 0);
            _trialGradient.CopyTo(_gradient, 0);
            _recent.Enqueue(value);
            if (_recent.Count > Memory)
            {
                _recent.Dequeue();
            }

            if (value < BestValue)
            {
                (Best, BestValue) = ([.. _point], value);
            }
        }

        // The way to the projection of a gradient step; of length 1 it is the residual.
        private void Aim(double length)
        {
            for (var i = 0; i < _point.Length; i++)
            {
                _direction[i] = _point[i] - length * _gradient[i];
            }

            Project(_direction);
            var largest = 0.0;
            for (var i = 0; i < _point.Length; i++)
            {
                _direction[i] -= _point[i];
                largest = Math.Max(largest, Math.Abs(_direction[i]));
            }

            if (length == 1)
            {
                Residual = largest;
            }
        }

        private void Project(double[] point)
        {
            if (_problem.MustFall)
            {
                FallingProjection.Apply(point);
            }

            // Clipping a falling sequence keeps it falling and is the projection on both constraints.
            var (low, high) = (Math.Log(_problem.MinimumRate), Math.Log(_problem.MaximumRate));
            for (var i = 0; i < point.Length; i++)
            {
                point[i] = Math.Clamp(point[i], low, high);
            }
        }

        private double Evaluate(double[] point, double[] gradient)
        {
            for (var i = 0; i < point.Length; i++)
            {
                _rates[i] = Math.Exp(point[i]);
            }

            var loss = _problem.ThermalLoss(_rates, gradient);
            for (var i = 0; i < point.Length; i++)
            {
                gradient[i] *= _rates[i] / loss;
            }

            return Math.Log(loss);
        }

        private static double Dot(double[] first, double[] second)
        {
            var sum = 0.0;
            for (var i = 0; i < first.Length; i++)
            {
                sum += first[i] * second[i];
            }

            return sum;
        }
    }
}
