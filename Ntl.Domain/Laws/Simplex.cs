namespace Ntl.Domain.Laws;

/// <summary>Minimises a function of a few numbers within bounds, from a good start and without derivatives.</summary>
/// <remarks>Nelder and Mead 1965, with the usual coefficients; points beyond a bound are set on it.</remarks>
internal sealed class Simplex(double[] low, double[] high, Func<double[], double> misfit)
{
    private const int EvaluationsPerNumber = 60;
    private const double Tolerance = 1e-7;

    private readonly List<(double[] Point, double Value)> _corners = [];

    /// <summary>The best point found.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="spread">The first simplex' reach in each number.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public double[] Minimise(double[] start, double[] spread, CancellationToken cancellationToken)
    {
        _corners.Clear();
        _corners.Add(At(start));
        for (var i = 0; i < start.Length; i++)
        {
            var point = (double[])start.Clone();
            point[i] += point[i] + spread[i] <= high[i] ? spread[i] : -spread[i];
            _corners.Add(At(point));
        }

        for (var left = EvaluationsPerNumber * start.Length; left > 0; left -= Move())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _corners.Sort((a, b) => a.Value.CompareTo(b.Value));
            if (_corners[^1].Value - _corners[0].Value <= Tolerance * _corners[0].Value)
            {
                break;
            }
        }

        return _corners.MinBy(corner => corner.Value).Point;
    }

    // One move of the worst corner; returns how many points it tried.
    private int Move()
    {
        var (best, worst) = (_corners[0].Value, _corners[^1].Value);
        var reflected = Along(-1);
        if (reflected.Value < best)
        {
            var expanded = Along(-2);
            _corners[^1] = expanded.Value < reflected.Value ? expanded : reflected;
            return 2;
        }

        if (reflected.Value < _corners[^2].Value)
        {
            _corners[^1] = reflected;
            return 1;
        }

        var contracted = Along(reflected.Value < worst ? -0.5 : 0.5);
        if (contracted.Value < Math.Min(reflected.Value, worst))
        {
            _corners[^1] = contracted;
            return 2;
        }

        for (var i = 1; i < _corners.Count; i++)
        {
            _corners[i] = At([.. _corners[i].Point.Zip(_corners[0].Point, (far, near) => (far + near) / 2)]);
        }

        return 2 + low.Length;
    }

    // From the middle of all other corners towards the worst one.
    private (double[] Point, double Value) Along(double share)
    {
        var others = _corners.Count - 1;
        var point = new double[low.Length];
        for (var i = 0; i < point.Length; i++)
        {
            var middle = _corners.Take(others).Average(corner => corner.Point[i]);
            point[i] = middle + (share * (_corners[^1].Point[i] - middle));
        }

        return At(point);
    }

    private (double[] Point, double Value) At(double[] point)
    {
        double[] within = [.. point.Select((value, i) => Math.Clamp(value, low[i], high[i]))];
        return (within, misfit(within));
    }
}
