using Ntl.Domain.Metrics;

namespace Ntl.Web.Comparison;

/// <summary>Gathers the points of one attempt, chunk by chunk, up to the step from which a later attempt counts.</summary>
internal sealed class SeriesCollector(int attempt, long endStep)
{
    private readonly List<MetricSeries> _chunks = [];

    private int Count => _chunks.Sum(chunk => chunk.Count);

    public void Add(MetricSeries chunk)
    {
        if (chunk.Count == 0 || chunk.Steps[0] >= endStep)
        {
            return;
        }

        _chunks.Add(chunk.Steps[^1] < endStep ? chunk : chunk.Window(0, endStep));
    }

    /// <summary>One attempt after the other.</summary>
    public static RunPoints Join(IReadOnlyList<SeriesCollector> attempts)
    {
        var count = attempts.Sum(own => own.Count);
        var (steps, values, numbers) = (new long[count], new double[count], new int[count]);
        List<int> seams = [];
        var at = 0;
        foreach (var own in attempts)
        {
            if (at > 0 && own.Count > 0)
            {
                seams.Add(at);
            }

            foreach (var chunk in own._chunks)
            {
                chunk.Steps.CopyTo(steps.AsSpan(at));
                chunk.Values.CopyTo(values.AsSpan(at));
                numbers.AsSpan(at, chunk.Count).Fill(own.Number);
                at += chunk.Count;
            }
        }

        return new(steps, values, numbers, seams);
    }

    private int Number => attempt;
}
