using System.Collections.Immutable;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Plots;

/// <summary>One axis of a drawn plot: where a value lies on it, and which round values to mark.</summary>
public sealed class PlotAxis
{
    private const double Margin = 0.03;
    // So many marks or a few more.
    private const int MostTicks = 6;

    // Decades up to which 2 and 5 are marked between the powers of ten.
    private const double FewDecades = 2.2;

    private static readonly double[] s_roundFactors = [1, 2, 5, 10];

    // Of the axis itself: logarithms on a logarithmic one.
    private readonly double _from;
    private readonly double _to;

    private PlotAxis(double from, double to, bool isLog) => (_from, _to, IsLog) = (from, to, isLog);

    /// <summary>Names of the values 0, 1, … of an axis that counts things; empty for an axis of numbers.</summary>
    public ImmutableArray<string> Names { get; private init; } = [];

    /// <summary>Whether equal lengths are equal factors.</summary>
    public bool IsLog { get; }

    /// <summary>The value at the start.</summary>
    public double Start => IsLog ? Math.Pow(10, _from) : _from;

    /// <summary>The value at the end.</summary>
    public double End => IsLog ? Math.Pow(10, _to) : _to;

    /// <summary>An axis that shows all values, with a small margin.</summary>
    /// <param name="values">What is not finite, or a logarithmic axis cannot show, is passed over.</param>
    /// <param name="isLog">Whether it is logarithmic.</param>
    public static PlotAxis Over(IEnumerable<double> values, bool isLog)
    {
        var (from, to) = Extent(values, isLog);
        var margin = IsLong(from, to) ? (to - from) * Margin : to == 0 ? 1 : Math.Abs(to) * 0.1;
        return new(from - margin, to + margin, isLog);
    }

    /// <summary>An axis of things, each in a band of its own.</summary>
    internal static PlotAxis Of(ImmutableArray<string> names) => new(-0.5, Math.Max(1, names.Length) - 0.5, isLog: false) { Names = names };

    /// <summary>An axis from the smallest value to the largest, linear.</summary>
    internal static PlotAxis Exactly(IEnumerable<double> values)
    {
        var (from, to) = Extent(values, isLog: false);
        return IsLong(from, to) ? new(from, to, isLog: false) : Over([from], isLog: false);
    }

    /// <summary>Where a value lies, as a share of the axis; a little beyond 0 or 1 for what lies outside.</summary>
    public double Share(double value)
    {
        const double Beyond = 0.05;
        var at = IsLog ? Math.Log10(Math.Max(value, double.Epsilon)) : value;
        return Math.Clamp((at - _from) / (_to - _from), -Beyond, 1 + Beyond);
    }

    /// <summary>Round values to mark: multiples of 1, 2 or 5 times a power of ten, or powers of ten on a long logarithmic axis; each thing's on an axis of things.</summary>
    public IReadOnlyList<double> RoundValues()
    {
        if (!Names.IsEmpty)
        {
            return [.. Enumerable.Range(0, Names.Length).Select(i => (double)i)];
        }

        if (!IsLog)
        {
            return [.. Multiples(_from, _to)];
        }

        var powers = Powers().ToList();
        return powers.Count > 1 ? powers : [.. Multiples(Start, End)];
    }

    /// <summary>The round values with their texts, all in one notation.</summary>
    public IEnumerable<(double Value, string Text)> Ticks()
    {
        var values = RoundValues();
        return values.Zip(Names.IsEmpty ? TickFormat.Numbers(values) : Names);
    }

    // Values that differ by rounding alone are one value: there are no round numbers between them.
    private static bool IsLong(double from, double to) => to - from > 1e-9 * Math.Max(Math.Abs(from), Math.Abs(to));

    private static (double From, double To) Extent(IEnumerable<double> values, bool isLog)
    {
        var shown = values.Where(value => double.IsFinite(value) && (!isLog || value > 0)).Select(value => isLog ? Math.Log10(value) : value).DefaultIfEmpty(0).ToList();
        return (shown.Min(), shown.Max());
    }

    private static IEnumerable<double> Multiples(double low, double high)
    {
        var rough = (high - low) / MostTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = s_roundFactors.Select(factor => factor * power).First(candidate => candidate >= rough);
        for (var i = Math.Ceiling(low / step); i * step <= high; i++)
        {
            // Through decimal digits: 3 × 0.1 is 0.3 on an axis.
            yield return i == 0 ? 0 : Math.Round(i * step / power * 10) * power / 10;
        }
    }

    private IEnumerable<double> Powers()
    {
        var decades = _to - _from;
        var stride = Math.Max(1, (int)Math.Ceiling(decades / MostTicks));
        return
            from decade in Enumerable.Range((int)Math.Floor(_from), (int)Math.Ceiling(_to) - (int)Math.Floor(_from) + 1)
            where decade % stride == 0
            from factor in decades > FewDecades ? s_roundFactors[..1] : s_roundFactors[..3]
            let value = factor * Math.Pow(10, decade)
            where Math.Log10(value) >= _from && Math.Log10(value) <= _to
            select value;
    }
}
