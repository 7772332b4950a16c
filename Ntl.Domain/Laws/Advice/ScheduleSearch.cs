using System.Collections.Immutable;
using Ntl.Domain.Annealing;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>Seeks the schedule that a law ends lowest under, coarse first: a hold and a 1/t decay of every length and depth, then free points.</summary>
/// <remarks>
/// Points are free in ln η at a few knots, straight lines in η between them, more of them where the 1/t decay found the fall to be. They are moved by
/// <see cref="SpectralDescent"/>, a rate that may only fall being a projection. Some 3,000 predictions.
/// </remarks>
internal sealed class ScheduleSearch
{
    private const int Lengths = 20; // of the 1/t decay, evenly in the logarithm
    private const int Depths = 12;
    private const int Refinements = 6; // each halves the distance between the values tried
    private const double ShortestDecay = 0.002; // of the steps after the warm-up
    private const double SmallestRatio = 1e-4; // of final rate and peak, where the floor allows less; a lower rate moves and cools nothing
    private const int HoldKnots = 4;
    private const int DecayKnots = 12;
    private const double KnotRatio = 0.75;
    private const int Iterations = 25;
    private const double Tolerance = 1e-6; // nats per e-fold of a knot
    private const double Difference = 1e-3; // of ln η, for a slope from two predictions
    private const double HeldWithin = 2e-3; // of the peak: knots so near are drawn as a hold

    // Where a decay is stretched before its points are set free: the best 1/t decay need not begin where the best decay does.
    private static readonly ImmutableArray<double> s_stretches = [1, 1.6];

    private readonly AdviceConstraints _constraints;
    private readonly Func<ScheduleSpec, double> _finalLoss;
    private readonly CancellationToken _cancellationToken;
    private readonly double _lowest;

    /// <summary>Prepares a search.</summary>
    /// <param name="constraints">Valid.</param>
    /// <param name="finalLoss">What a law predicts; finite.</param>
    /// <param name="cancellationToken">Looked at once a prediction.</param>
    public ScheduleSearch(AdviceConstraints constraints, Func<ScheduleSpec, double> finalLoss, CancellationToken cancellationToken)
    {
        (_constraints, _finalLoss, _cancellationToken) = (constraints, finalLoss, cancellationToken);
        _lowest = Math.Max(constraints.Floor, Math.Max(SmallestRatio * constraints.Peak, ScheduleSpec.SmallestPositiveRate));
    }

    /// <summary>The best hold and 1/t decay.</summary>
    public ScheduleSpec BestHyperbolic()
    {
        var (length, depth) = BestShape();
        return Hyperbolic(length, depth);
    }

    /// <summary>The best that free points make of a schedule.</summary>
    /// <param name="start">Within the constraints; its last phase is the decay.</param>
    public ScheduleSpec BestPoints(ScheduleSpec start)
    {
        var decaySteps = start.Phases[^1].Phase is ConstantRate ? _constraints.StepsAfterWarmup : start.Phases[^1].Phase.Steps;
        return s_stretches
            .Select(stretch => Knots((long)Math.Clamp(stretch * decaySteps, 1, _constraints.StepsAfterWarmup)))
            .Append(GeometricKnots())
            .Select(knots => Descend(start, knots))
            .MinBy(found => found.Loss)
            .Schedule;
    }

    // Coordinates: how deep into the logarithm of length and of final ratio, both from 0, all or nothing, to 1.
    private (double Length, double Depth) BestShape()
    {
        var best = (Length: 0.0, Depth: 0.0, Loss: Predict(Hyperbolic(0, 0)));
        for (var i = 0; i < Lengths; i++)
        {
            for (var j = 1; j <= Depths; j++)
            {
                Try((double)i / (Lengths - 1), (double)j / Depths);
            }
        }

        var (lengthStep, depthStep) = (1.0 / (Lengths - 1), 1.0 / Depths);
        for (var i = 0; i < Refinements; i++)
        {
            var (length, depth, _) = best;
            (lengthStep, depthStep) = (lengthStep / 2, depthStep / 2);
            foreach (var (dx, dy) in new[] { (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1) })
            {
                Try(Math.Clamp(length + dx * lengthStep, 0, 1), Math.Clamp(depth + dy * depthStep, 0, 1));
            }
        }

        return (best.Length, best.Depth);

        void Try(double length, double depth)
        {
            var loss = Predict(Hyperbolic(length, depth));
            if (loss < best.Loss)
            {
                best = (length, depth, loss);
            }
        }
    }

    private ScheduleSpec Hyperbolic(double length, double depth)
    {
        var (peak, steps) = (_constraints.Peak, _constraints.StepsAfterWarmup);
        var finalRate = RoundRate(peak * Math.Pow(_lowest / peak, depth));
        var decaySteps = depth == 0 ? 0 : Math.Clamp((long)Math.Round(steps * Math.Pow(ShortestDecay, 1 - length)), 1, steps);
        return StablePhases.Of(_constraints.WarmupSteps, steps, decaySteps, peak, finalRate);
    }

    // Steps after the warm-up of each knot: a few over the hold, the most over the decay, the last one step past the end.
    private long[] Knots(long decaySteps)
    {
        var hold = _constraints.StepsAfterWarmup - decaySteps;
        var inHold = Enumerable.Range(0, HoldKnots).Select(i => hold * i / HoldKnots);
        var inDecay = Enumerable.Range(0, DecayKnots + 1).Select(i => hold + (long)((double)decaySteps * i / DecayKnots));
        return [.. inHold.Concat(inDecay).Distinct()];
    }

    // The closer to the end, the closer together, for falls of any length: what is left shrinks by the same factor from knot to knot.
    private long[] GeometricKnots()
    {
        var steps = _constraints.StepsAfterWarmup;
        var left = Enumerable.Range(0, HoldKnots + DecayKnots).Select(i => (long)(steps * Math.Pow(KnotRatio, i))).Append(0);
        return [.. left.Select(remaining => steps - remaining).Distinct()];
    }

    private (ScheduleSpec Schedule, double Loss) Descend(ScheduleSpec start, long[] knots)
    {
        var (low, high) = (Math.Log(_lowest), Math.Log(_constraints.Peak));
        var descent = new SpectralDescent(
            [.. knots.Select(knot => Math.Log(Math.Max(_lowest, start.LearningRate(Math.Min(_constraints.WarmupSteps + knot, _constraints.Steps - 1)))))],
            (point, gradient) => Evaluate(knots, point, gradient),
            Project);
        for (var i = 0; i < Iterations && descent.Residual > Tolerance && descent.Step(); i++)
        {
        }

        var schedule = Points(knots, descent.Best);
        return (schedule, Predict(schedule));

        void Project(double[] point)
        {
            if (_constraints.IsMonotone)
            {
                FallingProjection.Apply(point);
            }

            for (var i = 0; i < point.Length; i++)
            {
                point[i] = Math.Clamp(point[i], low, high);
            }
        }
    }

    private double Evaluate(long[] knots, double[] point, double[] gradient)
    {
        double[] moved = [.. point];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = point[i] + Difference;
            var above = Predict(FreePoints(knots, moved));
            moved[i] = point[i] - Difference;
            gradient[i] = (above - Predict(FreePoints(knots, moved))) / (2 * Difference);
            moved[i] = point[i];
        }

        return Predict(FreePoints(knots, point));
    }

    // As the search sees them: not rounded, not split into hold and decay.
    private ScheduleSpec FreePoints(long[] knots, double[] point) => new(
        [.. StablePhases.Warmup(_constraints.WarmupSteps, _constraints.Peak),
         new PiecewisePoints([.. knots.Select((knot, i) => new RatePoint(knot, Math.Clamp(Math.Exp(point[i]), _lowest, _constraints.Peak)))])]);

    // As people see them: rates of a few digits, and a hold where nothing falls.
    private ScheduleSpec Points(long[] knots, double[] point)
    {
        RatePoint[] points = [.. knots.Select((knot, i) => new RatePoint(knot, RoundRate(Math.Exp(point[i]))))];
        var held = 0;
        while (held < points.Length - 2 && points[held + 1].Rate >= _constraints.Peak * (1 - HeldWithin) && points[held].Rate >= _constraints.Peak * (1 - HeldWithin))
        {
            held++;
        }

        var holdSteps = points[held].Step;
        if (holdSteps > 0)
        {
            points[held] = points[held] with { Rate = _constraints.Peak };
        }

        return new(
        [
            .. StablePhases.Warmup(_constraints.WarmupSteps, _constraints.Peak),
            .. StablePhases.Hold(holdSteps, _constraints.Peak),
            new PiecewisePoints([.. points[held..].Select(knot => knot with { Step = knot.Step - holdSteps })]),
        ]);
    }

    // Rounding keeps an order; the clamp keeps the constraints.
    private double RoundRate(double rate) => Math.Clamp(StablePhases.Rounded(rate), _lowest, _constraints.Peak);

    private double Predict(ScheduleSpec schedule)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return _finalLoss(schedule);
    }
}
