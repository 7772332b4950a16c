namespace Ntl.Domain.Laws;

/// <summary>Least squares with coefficients ≥ 0, from normal equations.</summary>
/// <remarks>Lawson and Hanson 1974, "Solving Least Squares Problems", chapter 23: the algorithm NNLS, on a Gram matrix scaled to a unit diagonal.</remarks>
internal static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-11;

    // Below it a column is a combination of those already chosen, to the rounding of a Gram matrix.
    private const double SmallestPivot = 1e-13;

    /// <summary>Minimises cᵀGc − 2mᵀc over c ≥ 0.</summary>
    /// <param name="gram">G = XᵀX, symmetric, n × n.</param>
    /// <param name="moments">m = Xᵀy.</param>
    public static double[] Solve(double[,] gram, ReadOnlySpan<double> moments)
    {
        var n = moments.Length;
        var scale = new double[n];
        var target = new double[n];
        for (var i = 0; i < n; i++)
        {
            scale[i] = gram[i, i] > 0 ? 1 / Math.Sqrt(gram[i, i]) : 0;
            target[i] = moments[i] * scale[i];
        }

        var state = new ActiveSet(gram, scale, target);
        state.Run();
        var result = state.Values;
        for (var i = 0; i < n; i++)
        {
            result[i] *= scale[i];
        }

        return result;
    }

    private sealed class ActiveSet(double[,] gram, double[] scale, double[] target)
    {
        private readonly bool[] _isFree = new bool[target.Length];
        private readonly bool[] _isBarred = new bool[target.Length];

        public double[] Values { get; } = new double[target.Length];

        public void Run()
        {
            var limit = Tolerance * target.Max(Math.Abs);
            // Each round ends with a lower misfit; the bound only guards against rounding that turns in a circle.
            for (var round = 0; round < 10 * target.Length && Steepest(limit) is >= 0 and var next; round++)
            {
                _isFree[next] = true;
                if (!Settle())
                {
                    (_isFree[next], _isBarred[next]) = (false, true);
                    Values[next] = 0;
                }
                else
                {
                    Array.Clear(_isBarred);
                }
            }
        }

        private int Steepest(double limit)
        {
            var (best, found) = (limit, -1);
            for (var i = 0; i < target.Length; i++)
            {
                if (_isFree[i] || _isBarred[i] || scale[i] == 0)
                {
                    continue;
                }

                var slope = target[i];
                for (var j = 0; j < target.Length; j++)
                {
                    slope -= gram[i, j] * scale[i] * scale[j] * Values[j];
                }

                if (slope > best)
                {
                    (best, found) = (slope, i);
                }
            }

            return found;
        }

        // Moves to the free columns' own least squares, binding those that would fall below zero on the way.
        private bool Settle()
        {
            while (true)
            {
                var free = Enumerable.Range(0, target.Length).Where(i => _isFree[i]).ToArray();
                if (free.Length == 0 || Unbound(free) is not { } solution)
                {
                    return false;
                }

                var step = 1.0;
                for (var k = 0; k < free.Length; k++)
                {
                    if (solution[k] <= 0)
                    {
                        var value = Values[free[k]];
                        step = Math.Min(step, value / (value - solution[k]));
                    }
                }

                for (var k = 0; k < free.Length; k++)
                {
                    Values[free[k]] += step * (solution[k] - Values[free[k]]);
                }

                if (step == 1 && solution.All(value => value > 0))
                {
                    return true;
                }

                foreach (var i in free)
                {
                    if (Values[i] <= 1e-15)
                    {
                        (_isFree[i], Values[i]) = (false, 0);
                    }
                }
            }
        }

        // Cholesky; null where the free columns depend on each other.
        private double[]? Unbound(int[] free)
        {
            var n = free.Length;
            var factor = new double[n, n];
            var solution = new double[n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var sum = gram[free[i], free[j]] * scale[free[i]] * scale[free[j]];
                    for (var k = 0; k < j; k++)
                    {
                        sum -= factor[i, k] * factor[j, k];
                    }

                    if (i == j && sum < SmallestPivot)
                    {
                        return null;
                    }

                    factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
                }
            }

            for (var i = 0; i < n; i++)
            {
                var sum = target[free[i]];
                for (var k = 0; k < i; k++)
                {
                    sum -= factor[i, k] * solution[k];
                }

                solution[i] = sum / factor[i, i];
            }

            for (var i = n - 1; i >= 0; i--)
            {
                var sum = solution[i];
                for (var k = i + 1; k < n; k++)
                {
                    sum -= factor[k, i] * solution[k];
                }

                solution[i] = sum / factor[i, i];
            }

            return solution;
        }
    }
}
