namespace Ntl.Domain.Annealing;

/// <summary>Goes down a smooth function inside a set that a point can be projected on: spectral projected gradients.</summary>
/// <remarks>Birgin, Martínez &amp; Raydan 2000, SIAM J. Optim. 10:1196; the length of a step is Barzilai and Borwein's. Spectral steps are not monotone, so the best point is kept beside the last.</remarks>
internal sealed class SpectralDescent
{
    // A step is accepted when it is below the worst of so many last values.
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;
    private const double SmallestShare = 1e-12;
    private const double LongestStep = 1e6;
    private const double ShortestStep = 1e-6;

    private readonly Func<double[], double[], double> _evaluate;
    private readonly Action<double[]> _project;
    private readonly Queue<double> _recent = new();
    private readonly double[] _point;
    private readonly double[] _gradient;
    private readonly double[] _trial;
    private readonly double[] _trialGradient;
    private readonly double[] _direction;
    private double _length = 1;

    /// <summary>Stands at the projection of a point.</summary>
    /// <param name="start">Finite; not changed.</param>
    /// <param name="evaluate">The function's value at its first argument; sets its second to the slopes there.</param>
    /// <param name="project">Replaces a point by the nearest that is allowed.</param>
    public SpectralDescent(IReadOnlyList<double> start, Func<double[], double[], double> evaluate, Action<double[]> project)
    {
        (_evaluate, _project) = (evaluate, project);
        _point = [.. start];
        (_gradient, _trial, _trialGradient, _direction) =
            (new double[_point.Length], new double[_point.Length], new double[_point.Length], new double[_point.Length]);
        _project(_point);
        BestValue = _evaluate(_point, _gradient);
        Best = [.. _point];
        _recent.Enqueue(BestValue);
        Aim(1);
    }

    /// <summary>The lowest point so far.</summary>
    public double[] Best { get; private set; }

    /// <summary>The value there.</summary>
    public double BestValue { get; private set; }

    /// <summary>The largest move of a coordinate that a projected gradient would still make; 0 at a stationary point.</summary>
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
            if (share < SmallestShare)
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

        return _evaluate(_trial, _trialGradient);
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

        _length = bent > 0 ? Math.Clamp(moved / bent, ShortestStep, LongestStep) : LongestStep;
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

        _project(_direction);
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
