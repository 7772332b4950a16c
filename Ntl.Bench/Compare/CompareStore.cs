using Ntl.Bench.Store;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Bench.Compare;

/// <summary>A data directory with a hundred finished runs of ten thousand steps: twenty schedules, five seeds of each.</summary>
internal static class CompareStore
{
    public const int RunCount = 100;
    public const long Steps = 10_000;

    private const int Seeds = 5;
    private const long StepsAtOnce = 2_500;

    /// <summary>The runs' common name, by which the page finds them.</summary>
    public const string Name = "compared";

    /// <summary>Fills a new data directory.</summary>
    public static async Task<IReadOnlyList<RunId>> BuildAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        await using var store = await ProductStore.OpenAsync(dataDirectory, RunCount, cancellationToken);
        List<RunSpec> specs = [];
        for (var run = 0; run < RunCount; run++)
        {
            var peak = 1e-3 * (1 + (run / Seeds));
            specs.Add(ProductStore.Spec(FormattableString.Invariant($"{Name} {run}"), Steps, run % Seeds) with { Schedule = StandardSchedules.Cosine(Steps, peak, peak / 10, 100) });
        }

        var loads = await store.StartRunsAsync(specs, probeCount: 0, cancellationToken);
        foreach (var load in loads)
        {
            using var own = load;
            while (own.Steps < Steps)
            {
                own.MeasureAndFlush(StepsAtOnce);
            }

            own.Finish();
            await store.DrainAsync(cancellationToken);
        }

        var (written, stored) = (loads.Sum(load => load.Points), store.CountPoints());
        return stored == written ? [.. loads.Select(load => load.Run)] : throw new BenchException(FormattableString.Invariant($"{written} points were written, {stored} are stored."));
    }
}
