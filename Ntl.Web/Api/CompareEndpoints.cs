using System.Globalization;
using System.Text;
using Ntl.Domain.Comparison;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Comparison;
using Ntl.Web.Load;

namespace Ntl.Web.Api;

/// <summary>Runs side by side: their groups' figures, what differs in their specs, and all of their points.</summary>
public static class CompareEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", CompareAsync).IsHeavy();
        group.MapGet("/points.csv", ExportAsync).IsHeavy();
    }

    private static async Task<IResult> CompareAsync(HttpRequest request, IComparisons comparisons, CancellationToken cancellationToken)
    {
        var view = ComparisonView.FromQuery(key => request.Query[key]);
        List<SpecProblem> problems = [.. ProblemsOf(request, view)];
        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var set = await comparisons.FindAsync(view.Selection, cancellationToken);
        var drawing = new ComparisonDrawing(comparisons, set, view);
        foreach (var field in view.Group.Concat(view.Dash).Concat(view.Panel).Where(field => !drawing.Fields.Offered.Any(own => string.Equals(own.Id, field, StringComparison.Ordinal))))
        {
            problems.Add(new("group", $"These runs cannot be grouped by '{field}'. Choose one of {string.Join(", ", drawing.Fields.Offered.Select(own => own.Id))}."));
        }

        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var smoothed = await drawing.ReadSmoothedLossAsync(cancellationToken);
        return TypedResults.Ok(new
        {
            set.Total,
            set.Missing,
            Runs = set.Runs.Select(run => run.Row),
            Lines = drawing.Lines.Select(line => new { line.Id, line.Label, Runs = line.RunIds.Select(id => id.Value), Figures = FiguresOf(line, smoothed) }),
            Differs = SpecTable.Of([.. set.Runs.Select(run => run.Spec)]).Different,
        });
    }

    private static Dictionary<string, object> FiguresOf(ComparisonLine line, IReadOnlyDictionary<RunId, double> smoothed) => ComparisonColumn.All.ToDictionary(
        column => column.Id,
        column =>
        {
            var summary = column.Summary(line, smoothed);
            return (object)new { N = summary.Count, summary.Mean, summary.HalfWidth, summary.Deviation, summary.Minimum, summary.Maximum };
        },
        StringComparer.Ordinal);

    private static async Task<IResult> ExportAsync(HttpRequest request, IComparisons comparisons, CancellationToken cancellationToken)
    {
        var view = ComparisonView.FromQuery(key => request.Query[key]);
        List<SpecProblem> problems = [.. ProblemsOf(request, view)];
        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var set = await comparisons.FindAsync(view.Selection, cancellationToken);
        return TypedResults.Stream(stream => WriteAsync(stream, comparisons, set, view.Metrics.Count > 0 ? view.Metrics : set.Keys, cancellationToken), "text/csv; charset=utf-8", "comparison-points.csv");
    }

    // Every point that counts, bit for bit; one metric after the other, so that no more than one is in memory.
    private static async Task WriteAsync(Stream stream, IComparisons comparisons, ComparisonSet set, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync("run,name,key,attempt,step,value\n");
        var text = new StringBuilder();
        foreach (var key in keys)
        {
            var points = await comparisons.ReadAsync([.. set.Runs.Select(run => run.Id)], key, cancellationToken);
            foreach (var run in set.Runs.Where(run => points.ContainsKey(run.Id)))
            {
                var (own, name) = (points[run.Id], Quoted(run.Row.Name));
                for (var i = 0; i < own.Steps.Length; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{run.Id},{name},{key},{own.Attempts[i]},{own.Steps[i]},{own.Values[i]:R}\n");
                }

                await writer.WriteAsync(text, cancellationToken);
                text.Clear();
            }
        }
    }

    // A leading = + - @ would be run as a formula by a spreadsheet.
    private static string Quoted(string name) => $"\"{(name is ['=' or '+' or '-' or '@', ..] ? "'" + name : name).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<SpecProblem> ProblemsOf(HttpRequest request, ComparisonView view)
    {
        if (view.Selection.IsEmpty)
        {
            yield return new("runs", "Say which runs: runs=a,b,c, experiment=ID, schedule=HASH or search=TEXT.");
        }

        foreach (var id in view.Selection.Runs.Where(id => !RunId.TryParse(id, out _)))
        {
            yield return new("runs", $"'{id}' is not a run's id.");
        }

        foreach (var key in request.Query["metrics"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(key => !MetricKey.TryParse(key, out _)))
        {
            yield return new("metrics", $"'{key}' is not a metric key: {MetricKey.Rule}");
        }

        foreach (var problem in ComparisonQuery.ProblemsOf(request.Query))
        {
            yield return problem;
        }

        if (request.Query["band"] is [{ Length: > 0 } band] && BandNames.FromUrl(band) is null)
        {
            yield return new("band", $"There is no band '{band}': runs, mean, ci, std or minmax.");
        }
    }
}
