using Ntl.Bench.Store;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Bench.Compare;

/// <summary>A data directory with finished runs: five seeds of each schedule.</summary>
internal static class CompareStore
{
    private const int Seeds = 5;
    private const long StepsAtOnce = 2_500;

    /// <summary>The runs' common name, by which the page finds them.</summary>
    public const string Name = "compared";

    /// <summary>Fills a new data directory.</summary>
    /// <param name="dataDirectory">Where it will be.</param>
    /// <param name="runCount">Runs, five of each schedule.</param>
    /// <param name="steps">Of each run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<RunId>> BuildAsync(string dataDirectory, int runCount, long steps, CancellationToken cancellationToken)
    {
        await using var store = await ProductStore.OpenAsync(dataDirectory, runCount, cancellationToken);
        List<RunSpec> specs = [];
        for (var run = 0; run < runCount; run++)
        {
            var peak = 1e-3 * (1 + (run / Seeds));
            specs.Add(ProductStore.Spec(FormattableString.Invariant($"{Name} {run}"), steps, run % Seeds) with { Schedule = StandardSchedules.Cosine(steps, peak, peak / 10, Math.Min(100, steps / 10)) });
        }

        var loads = await store.StartRunsAsync(specs, furtherCount: 0, cancellationToken);
        foreach (var load in loads)
        {
            using var own = load;
            while (own.Steps < steps)
            {
                own.MeasureAndFlush(Math.Min(StepsAtOnce, steps - own.Steps));
            }

            own.Finish();
            await store.DrainAsync(cancellationToken);
        }

        var (written, stored) = (loads.Sum(load => load.Points), store.CountPoints());
        return stored == written ? [.. loads.Select(load => load.Run)] : throw new BenchException(FormattableString.Invariant($"{written} points were written, {stored} are stored."));
    }
}
