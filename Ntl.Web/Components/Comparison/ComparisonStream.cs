using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Runs;
using Ntl.Web.Comparison;
using Ntl.Web.Components.Charts;
using Ntl.Web.Load;

namespace Ntl.Web.Components.Comparison;

/// <summary>
/// A comparison's charts as the browser fetches them, past the circuit: one answer for all charts, each with the lines that it consists of, so that
/// another grouping is one question and one drawing.
/// </summary>
/// <remarks>As RunCurves has it, but with a chart's whole head, as JSON, in the place of its title; the answer ends with what the runs had done before.</remarks>
internal static class ComparisonStream
{
    private static readonly int[]?[] s_dashes = [null, [7, 4], [2, 3], [10, 3, 2, 3]];

    /// <summary>Where a view's charts find their points.</summary>
    public static string Address(ComparisonView view) => QueryHelpers.AddQueryString("/compare/curves", view.ToPointsQuery());

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/compare/curves", Send).ExcludeFromDescription().IsHeavy();

    private static Microsoft.AspNetCore.Http.HttpResults.PushStreamHttpResult Send(HttpRequest request, [FromServices] IComparisons comparisons, CancellationToken cancellationToken)
    {
        var view = ComparisonView.FromQuery(key => request.Query[key]);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(body => WriteAsync(body, comparisons, view, cancellationToken), "application/octet-stream");
    }

    private static async Task WriteAsync(Stream body, IComparisons comparisons, ComparisonView view, CancellationToken cancellationToken)
    {
        var set = await comparisons.FindAsync(view.Selection, cancellationToken);
        var drawing = new ComparisonDrawing(comparisons, set, view);
        var marks = await ComparisonMarks.ReadAsync(comparisons, set, view, cancellationToken);
        await foreach (var panel in drawing.DrawAllAsync(cancellationToken))
        {
            await ChartParts.WriteAsync(body, JsonSerializer.SerializeToUtf8Bytes(HeadOf(panel, view, marks), JsonSerializerOptions.Web), cancellationToken);
            await ChartParts.WriteAsync(body, ChartFrame.Encode(PointsOf(panel, panel.Curves)), cancellationToken);
            await body.FlushAsync(cancellationToken);
        }

        await ChartParts.WriteAsync(body, [], cancellationToken);
        await ChartParts.WriteAsync(body, Encoding.UTF8.GetBytes(CursorOf(set)), cancellationToken);
    }

    // What the runs had done before any point was read: at least so much is in the answer.
    private static string CursorOf(ComparisonSet set) =>
        string.Join(';', set.Runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Id}:{run.Row.AttemptCount}:{run.Row.StepsDone}")));

    /// <summary>Reads what the answer ended with: each run's attempts and steps done.</summary>
    internal static Dictionary<RunId, (int Attempts, long StepsDone)> ReadCursor(string cursor)
    {
        Dictionary<RunId, (int, long)> done = [];
        foreach (var part in cursor.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is [var id, var attempts, var steps] && RunId.TryParse(id, out var run))
            {
                done[run] = (int.Parse(attempts, CultureInfo.InvariantCulture), long.Parse(steps, CultureInfo.InvariantCulture));
            }
        }

        return done;
    }

    /// <summary>A chart's lines, a band's edges behind the line that they belong to.</summary>
    internal static IEnumerable<object> LinesOf(DrawnPanel panel)
    {
        foreach (var curve in panel.Curves)
        {
            var color = FormattableString.Invariant($"--series-{curve.Line.Color}");
            yield return new { curve.Line.Id, curve.Label, Color = color, Dash = s_dashes[curve.Line.Dash], HasBand = curve.Low is not null };
            if (curve.Low is not null)
            {
                yield return new { curve.Line.Id, Label = $"{curve.Label}, lower edge", Color = color, IsEdge = true };
                yield return new { curve.Line.Id, Label = $"{curve.Label}, upper edge", Color = color, IsEdge = true };
            }
        }
    }

    /// <summary>The points of some of a chart's curves, numbered as <see cref="LinesOf"/> has them.</summary>
    /// <param name="panel">The chart with all of its curves, which all have a band or none.</param>
    /// <param name="curves">Those whose points are wanted.</param>
    internal static IReadOnlyList<ChartPoints> PointsOf(DrawnPanel panel, IEnumerable<DrawnCurve> curves)
    {
        const int LinesWithBand = 3;
        var places = panel.Curves.Index().ToDictionary(own => own.Item.Line.Id, own => own.Index, StringComparer.Ordinal);
        List<ChartPoints> points = [];
        foreach (var curve in curves)
        {
            var place = places[curve.Line.Id];
            var x = IsItsSteps(curve) ? null : curve.X; // one number a place, not two
            if (curve is { Low: { } low, High: { } high })
            {
                place *= LinesWithBand;
                points.Add(new(place + 1, curve.Steps, x, low, null, 0));
                points.Add(new(place + 2, curve.Steps, x, high, null, 0));
            }

            points.Add(new(place, curve.Steps, x, curve.Y, curve.Smoothed, curve.TotalPoints));
        }

        return points;
    }

    private static bool IsItsSteps(DrawnCurve curve)
    {
        for (var i = 0; i < curve.X.Length; i++)
        {
            if (curve.X[i] != curve.Steps[i])
            {
                return false;
            }
        }

        return true;
    }

    internal static object HeadOf(DrawnPanel panel, ComparisonView view, IReadOnlyList<ChartMark> marks) => new
    {
        panel.Panel.Title,
        Axis = view.XName,
        panel.Note,
        Scatter = view.XMetric is not null,
        Series = LinesOf(panel),
        Marks = marks.OrderBy(mark => mark.X).Select(mark => new { mark.X, mark.Label, Kind = mark.Kind.ToString().ToLowerInvariant() }),
    };
}
