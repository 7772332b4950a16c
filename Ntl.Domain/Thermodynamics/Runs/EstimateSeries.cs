using System.Collections.Immutable;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>A quantity over the steps of a run, each value with its standard error.</summary>
/// <param name="Steps">Strictly rising.</param>
/// <param name="Values">Finite, as many as steps.</param>
/// <param name="StandardErrors">≥ 0, as many as steps; NaN where nothing is known of it.</param>
public sealed record EstimateSeries(ImmutableArray<long> Steps, ImmutableArray<double> Values, ImmutableArray<double> StandardErrors)
{
    /// <summary>Steps at which the quantity was asked for and could not be measured, in rising order: a line breaks there.</summary>
    public ImmutableArray<long> Gaps { get; init; } = [];

    /// <summary>Nothing measured.</summary>
    public static EstimateSeries Empty { get; } = new([], [], []);

    /// <summary>Number of steps with a value.</summary>
    public int Count => Steps.Length;

    /// <summary>Whether nothing was measured.</summary>
    public bool IsEmpty => Steps.IsEmpty;

    /// <summary>The newest value; null without any.</summary>
    public Estimate? Last => IsEmpty ? null : new(Values[^1], StandardErrors[^1]);

    /// <summary>The newest step; null without any.</summary>
    public long? LastStep => IsEmpty ? null : Steps[^1];

    /// <summary>A value with its error.</summary>
    public Estimate this[int index] => new(Values[index], StandardErrors[index]);

    /// <summary>The newest value at or before a step; null where there is none.</summary>
    public Estimate? At(long step) => IndexAt(step) is >= 0 and var index ? this[index] : null;

    /// <summary>Whether there is a value at this very step.</summary>
    public bool Holds(long step) => Steps.BinarySearch(step) >= 0;

    /// <summary>Position of the newest value at or before a step; −1 where there is none.</summary>
    public int IndexAt(long step)
    {
        var index = Steps.BinarySearch(step);
        return index >= 0 ? index : ~index - 1;
    }

    /// <summary>Whether the line breaks between two steps.</summary>
    /// <param name="from">The earlier step.</param>
    /// <param name="to">The later step.</param>
    public bool IsBrokenBetween(long from, long to)
    {
        var place = Gaps.BinarySearch(from);
        place = place < 0 ? ~place : place;
        return place < Gaps.Length && Gaps[place] < to;
    }

    /// <summary>Another quantity of the same steps; values that are not finite are left out and become gaps.</summary>
    /// <param name="of">From step and estimate.</param>
    public EstimateSeries Select(Func<long, Estimate, Estimate> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        var series = From(Enumerable.Range(0, Count).Select(i => (Steps[i], of(Steps[i], this[i]))));
        return Gaps.IsEmpty ? series : series with { Gaps = [.. series.Gaps.Concat(Gaps).Order()] };
    }

    /// <summary>Puts estimates in columns; values that are not finite are left out and become gaps.</summary>
    /// <param name="points">In rising order of steps.</param>
    internal static EstimateSeries From(IEnumerable<(long Step, Estimate Value)> points)
    {
        var (steps, values, errors) = (ImmutableArray.CreateBuilder<long>(), ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
        var gaps = ImmutableArray.CreateBuilder<long>();
        foreach (var (step, (value, error)) in points)
        {
            if (double.IsFinite(value))
            {
                steps.Add(step);
                values.Add(value);
                errors.Add(double.IsFinite(error) ? error : double.NaN);
            }
            else
            {
                gaps.Add(step);
            }
        }

        return new(steps.ToImmutable(), values.ToImmutable(), errors.ToImmutable()) { Gaps = gaps.ToImmutable() };
    }
}
