using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Expressions;

/// <summary>Chooses the steps where a curve bends most, so that straight lines between them draw it; the strongest first.</summary>
/// <remarks>From both ends: where the curve leaves its line most, the line is broken, until none leaves by more than a thousandth of the range (Ramer 1972; Douglas and Peucker 1973).</remarks>
internal static class CurveBends
{
    private const int MostBends = 100;
    private const double Tolerance = 1e-3;

    public static ImmutableArray<long> Find(ReadOnlySpan<double> rates, double range)
    {
        var bends = ImmutableArray.CreateBuilder<long>();
        var lines = new PriorityQueue<(int First, int Last, int Bend), double>();
        Measure(rates, 0, rates.Length - 1, lines);
        while (bends.Count < MostBends && lines.TryDequeue(out var line, out var distance) && -distance > Tolerance * range)
        {
            bends.Add(line.Bend);
            Measure(rates, line.First, line.Bend, lines);
            Measure(rates, line.Bend, line.Last, lines);
        }

        return bends.DrainToImmutable();
    }

    private static void Measure(ReadOnlySpan<double> rates, int first, int last, PriorityQueue<(int First, int Last, int Bend), double> lines)
    {
        if (last - first < 2)
        {
            return;
        }

        var slope = (rates[last] - rates[first]) / (last - first);
        var (bend, most) = (first, 0.0);
        for (var i = first + 1; i < last; i++)
        {
            var distance = Math.Abs(rates[i] - rates[first] - slope * (i - first));
            (bend, most) = distance > most ? (i, distance) : (bend, most);
        }

        if (most > 0)
        {
            lines.Enqueue((first, last, bend), -most); // the queue gives the smallest
        }
    }
}
