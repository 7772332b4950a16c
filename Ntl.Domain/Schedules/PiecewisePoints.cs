using System.Collections.Immutable;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>Straight lines through given points.</summary>
/// <remarks>
/// The first point is at local step 0; the last one's step is the phase's length, so its rate is what the phase
/// arrives at, as for a decay: reached one step after the phase's last.
/// </remarks>
public sealed record PiecewisePoints : SchedulePhase
{
    /// <summary>The most points one phase may have.</summary>
    public const int MaximumPoints = 10_000;

    internal const string KindName = "piecewisePoints";

    private readonly double[] _sums; // Σ of the rates before point i

    /// <summary>Joins points by straight lines.</summary>
    /// <param name="points">At least two, from step 0, with strictly rising steps; checked by <see cref="ScheduleSpec"/>.</param>
    public PiecewisePoints(ImmutableArray<RatePoint> points)
        : base(points is [.., var last] ? last.Step : 0)
    {
        Points = points;
        _sums = new double[Points.Length];
        for (var i = 1; i < Points.Length; i++)
        {
            _sums[i] = _sums[i - 1] + SumOfSegment(i - 1, Points[i].Step - Points[i - 1].Step);
        }
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The vertices.</summary>
    public ImmutableArray<RatePoint> Points { get; }

    /// <inheritdoc/>
    public override double EntryRate => Points[0].Rate;

    /// <inheritdoc/>
    public override double ExitRate => Points[^1].Rate;

    /// <inheritdoc/>
    public override double Peak => Math.Max(base.Peak, Points.Take(Points.Length - 1).Max(point => point.Rate));

    /// <inheritdoc/>
    public override double Minimum => Math.Min(base.Minimum, Points.Take(Points.Length - 1).Min(point => point.Rate));

    /// <inheritdoc/>
    public override string Description => $"{Points.Length} points over {Steps} to {RateText.Format(ExitRate)}";

    internal override bool IsStraight => true;

    /// <inheritdoc/>
    public override double RateAt(long step)
    {
        var i = SegmentOf(step);
        var (from, to) = (Points[i], Points[i + 1]);
        var rate = from.Rate + (to.Rate - from.Rate) * (step - from.Step) / (to.Step - from.Step);
        return Math.Clamp(rate, Math.Min(from.Rate, to.Rate), Math.Max(from.Rate, to.Rate));
    }

    /// <inheritdoc/>
    public override double SumOfFirst(long steps)
    {
        var i = SegmentOf(steps);
        return _sums[i] + SumOfSegment(i, steps - Points[i].Step);
    }

    /// <inheritdoc/>
    public bool Equals(PiecewisePoints? other) => other is not null && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Points.Aggregate(Points.Length, HashCode.Combine);

    internal override IEnumerable<long> CornerSteps() => Points.Skip(1).Take(Points.Length - 2).Select(point => point.Step);

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        if (Points.Length is < 2 or > MaximumPoints)
        {
            problems.Add(new($"{path}.points", $"Give from 2 to {MaximumPoints} points; there are {Points.Length}."));
        }

        for (var i = 0; i < Points.Length; i++)
        {
            PhaseRules.Rate(Points[i].Rate, $"{path}.points[{i}].rate", problems);
            ValidateStep(i, $"{path}.points[{i}].step", problems);
        }
    }

    private void ValidateStep(int i, string path, ICollection<SpecProblem> problems)
    {
        var step = Points[i].Step;
        if (i == 0 && step != 0)
        {
            problems.Add(new(path, $"The first point must be at step 0, but is at {step}."));
        }
        else if (i > 0 && step <= Points[i - 1].Step)
        {
            problems.Add(new(path, $"Steps must rise from point to point, but {step} follows {Points[i - 1].Step}."));
        }
        else if (step > ScheduleSpec.MaximumSteps)
        {
            problems.Add(new(path, $"A step must be at most {ScheduleSpec.MaximumSteps}, but is {step}."));
        }
    }

    private double SumOfSegment(int i, long steps)
    {
        if (steps == 0)
        {
            return 0;
        }

        var (from, to) = (Points[i], Points[i + 1]);
        return from.Rate * steps + (to.Rate - from.Rate) * (0.5 * steps * (steps - 1)) / (to.Step - from.Step);
    }

    // The segment that holds a step; the end of the phase belongs to the last one.
    private int SegmentOf(long step)
    {
        var (low, high) = (0, Points.Length - 2);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Points[middle].Step <= step ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
