using System.Collections.Immutable;

namespace Ntl.Domain.Numbers;

/// <summary>The numbers along one axis: one notation for all of them, and digits enough that no two read alike.</summary>
public static class TickFormat
{
    private const int LeastDigits = 4;
    private const int MostDigits = 12;
    private const int SmallestPlain = -5;

    /// <summary>Ticks of an axis of measured numbers: "0.0005", "0.001"; with powers of ten where the axis reaches below 10⁻⁵ or beyond a million.</summary>
    /// <param name="values">In rising order, finite.</param>
    public static ImmutableArray<string> Numbers(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var rounded = Rounded(values);
        var isPlain = rounded.All(each => each.IsZero || each.Exponent is >= SmallestPlain and <= NumberFormat.LargestPlain)
            && rounded.Any(each => each.Exponent >= NumberFormat.SmallestPlain && !each.IsZero);
        return [.. rounded.Select(each => isPlain || NumberFormat.IsPlain(each) ? each.Plain() : each.Scientific())];
    }

    /// <summary>Ticks of an axis of learning rates: "3e-4", as <see cref="NumberFormat.Rate"/> writes them.</summary>
    /// <param name="values">In rising order, finite.</param>
    public static ImmutableArray<string> Rates(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. Rounded(values).Select(NumberFormat.TypedRate)];
    }

    /// <summary>Ticks of an axis of steps or tokens: "2 k", "10 M"; all digits where neighbours would read alike.</summary>
    /// <param name="values">In rising order, finite.</param>
    public static ImmutableArray<string> Counts(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ImmutableArray<string> compact = [.. values.Select(value => CountFormat.Compact(value))];
        return compact.Distinct(StringComparer.Ordinal).Count() == compact.Length && values.Zip(compact).All(pair => Keeps(pair.First))
            ? compact
            : Numbers(values);

        static bool Keeps(double value) => NumberFormat.Round(value, 3) == value;
    }

    // To a thousandth of the smallest gap: what arithmetic left behind, as 0.30000000000000004 or −5.6 × 10⁻¹⁷ for 0, goes.
    private static DecimalDigits[] Rounded(IReadOnlyList<double> values)
    {
        const int GapDigits = 4;
        var gap = values.Zip(values.Skip(1), (one, next) => Math.Abs(next - one)).Where(each => each > 0).DefaultIfEmpty(0).Min();
        var place = gap == 0 ? (int?)null : DecimalDigits.Of(gap).Exponent - GapDigits + 1;
        return [.. values.Select(DecimalDigits.Of).Select(each =>
            place is { } least ? each.Rounded(Math.Max(least, each.Exponent - MostDigits + 1)) : each.Significant(LeastDigits))];
    }
}
