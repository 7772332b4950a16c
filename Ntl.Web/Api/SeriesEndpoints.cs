using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Live;
using Ntl.Web.Load;

namespace Ntl.Web.Api;

/// <summary>Points of a run: windows for charts, and all of them as CSV.</summary>
public static class SeriesEndpoints
{
    private const int MostKeys = 64;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/series", WindowAsync).IsHeavy();
        group.MapGet("/metrics.csv", ExportAsync).IsHeavy();
    }

    private static async Task<IResult> WindowAsync(
        string id,
        string[] key,
        ISeriesQueries queries,
        CancellationToken cancellationToken,
        string? axis = null,
        double? from = null,
        double? to = null,
        int points = 1000,
        double smoothing = 0,
        bool orphans = false)
    {
        if (!RunId.TryParse(id, out var run))
        {
            return ApiResults.NoRun(id);
        }

        List<SpecProblem> problems = [.. KeyProblems(key)];
        var chosen = SeriesAxis.Step;
        if (axis is not null && !ApiEnum.TryRead(axis, out chosen))
        {
            problems.Add(new SpecProblem("axis", $"There is no axis '{axis}': step, tokens, elapsed or learningRateSum."));
        }

        if (smoothing is not (>= 0 and < 1))
        {
            problems.Add(new SpecProblem("smoothing", FormattableString.Invariant($"The smoothing is from 0 to below 1; it is {smoothing}.")));
        }

        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var request = new SeriesRequest { Run = run, Keys = key, Axis = chosen, From = from, To = to, MaxPoints = points, Smoothing = smoothing, IncludeOrphans = orphans };
        return await queries.QueryAsync(request, cancellationToken) is { } window
            ? TypedResults.Ok(new { window.Series, Cursor = window.Cursor.ToString() })
            : ApiResults.NoRun(id);
    }

    private static async Task<IResult> ExportAsync(string id, ISeriesQueries queries, Persistence.RunSpecs specs, CancellationToken cancellationToken, string[]? key = null)
    {
        if (!RunId.TryParse(id, out var run) || await specs.FindAsync(run, cancellationToken) is null)
        {
            return ApiResults.NoRun(id);
        }

        List<SpecProblem> problems = [.. KeyProblems(key ?? [])];
        return problems.Count > 0
            ? ApiResults.Invalid(problems)
            : TypedResults.Stream(stream => PointsCsv.WriteAsync(stream, queries.ReadAllAsync(run, key ?? [], cancellationToken), cancellationToken), "text/csv; charset=utf-8", $"{run}-metrics.csv");
    }

    private static IEnumerable<SpecProblem> KeyProblems(string[] keys)
    {
        if (keys.Length > MostKeys)
        {
            yield return new SpecProblem("key", $"At most {MostKeys} keys a request.");
        }

        foreach (var key in keys.Where(key => !MetricKey.TryParse(key, out _)))
        {
            yield return new SpecProblem("key", $"'{key}' is not a metric key: {MetricKey.Rule}");
        }
    }
}
