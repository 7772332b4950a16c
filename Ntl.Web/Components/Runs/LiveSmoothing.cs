using Ntl.Domain.Metrics;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Runs;

/// <summary>Goes on smoothing where the stored history ends, over steps as the store does, so that a reload draws the same curve.</summary>
internal sealed class LiveSmoothing
{
    private readonly double _timescale;
    private TimeWeightedSmoothing _average;

    private LiveSmoothing(double timescale)
    {
        _timescale = timescale;
        _average = new(timescale);
    }

    /// <summary>The smoothing that follows a smoothed series.</summary>
    /// <param name="series">The whole stored series, reduced.</param>
    /// <param name="strength">Strength of the smoothing, in [0, 1).</param>
    /// <param name="totalSteps">The run's length.</param>
    public static LiveSmoothing After(ChartSeries series, double strength, long totalSteps)
    {
        var live = new LiveSmoothing(TimeWeightedSmoothing.TimescaleOf(strength, totalSteps));
        var start = series.Seams.Count > 0 ? series.Seams[^1] : 0;
        var finite = Enumerable.Range(start, series.Y.Count - start).Where(i => double.IsFinite(series.Y[i])).ToList();
        if (series.Smoothed is { } smoothed && finite.Count > 2)
        {
            var (first, last) = (finite[0], finite[^1]);
            live._average = TimeWeightedSmoothing.After(live._timescale, series.Steps[first], series.Steps[last], series.Y[last], smoothed[last]);
            return live;
        }

        foreach (var i in finite)
        {
            live._average.Next(series.Steps[i], series.Y[i]);
        }

        return live;
    }

    /// <summary>Begins anew: no average reaches back over a resume.</summary>
    public void Restart() => _average = new(_timescale);

    public double[] Next(IReadOnlyList<long> steps, IReadOnlyList<double> values)
    {
        var smoothed = new double[steps.Count];
        for (var i = 0; i < smoothed.Length; i++)
        {
            smoothed[i] = _average.Next(steps[i], values[i]);
        }

        return smoothed;
    }
}
