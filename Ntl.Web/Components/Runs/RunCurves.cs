using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Charts;
using Ntl.Web.Live;
using Ntl.Web.Load;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>
/// The stored points of a run's charts, as its page asks for them: past the circuit, so that they are on their way before it stands, and all
/// in one answer, each chart's as soon as they are read.
/// </summary>
/// <remarks>
/// For each chart: <c>u32</c> length of its title, the title in UTF-8, <c>u32</c> length of its points, the points as <see cref="ChartFrame"/> packs
/// them. Then a zero and, told like a title, the cursor from which a live subscription goes on. An answer without it was cut off.
/// </remarks>
internal static class RunCurves
{
    private const int PointsDrawn = 1000;
    private const int PlanPoints = 700;

    private static readonly int s_readAhead = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>Where a page's charts find their points.</summary>
    public static string Address(RunId run, RunView view) =>
        QueryHelpers.AddQueryString($"/runs/{run.Value}/curves", (view with { IsLog = false, Window = null }).ToQuery());

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/runs/{id}/curves", SendAsync).ExcludeFromDescription().IsHeavy();

    private static async Task<IResult> SendAsync(string id, HttpRequest request, [FromServices] IRunQueries runs, [FromServices] ISeriesQueries series, CancellationToken cancellationToken)
    {
        if (!RunId.TryParse(id, out var run) || await runs.FindAsync(run, cancellationToken) is not { } detail)
        {
            return TypedResults.NotFound();
        }

        var view = RunView.FromQuery(key => request.Query[key]);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(body => WriteAsync(body, detail, view, series, cancellationToken), "application/octet-stream");
    }

    private static async Task WriteAsync(Stream body, RunDetail detail, RunView view, ISeriesQueries series, CancellationToken cancellationToken)
    {
        var cursor = SeriesCursor.Start.Advance([], detail.Events.Count == 0 ? null : detail.Events[^1].Sequence);
        var ahead = new Queue<(RunPanel Panel, Task<(List<ChartPoints> Points, List<KeyValuePair<string, SeriesPosition>> Seen)> Query)>();
        var readAhead = 1;
        using var panels = RunPanel.For(detail.MetricKeys).GetEnumerator();
        while (Fill() > 0)
        {
            var (panel, query) = ahead.Dequeue();
            var (points, seen) = await query;
            cursor = cursor.Advance(seen);
            await ChartParts.WriteAsync(body, Encoding.UTF8.GetBytes(panel.Title), cancellationToken);
            await ChartParts.WriteAsync(body, ChartFrame.Encode(points), cancellationToken);
            await body.FlushAsync(cancellationToken);
        }

        await ChartParts.WriteAsync(body, [], cancellationToken);
        await ChartParts.WriteAsync(body, Encoding.UTF8.GetBytes(cursor.ToString()), cancellationToken);

        // The first is read alone, as it is waited for; then a few while others are sent.
        int Fill()
        {
            while (ahead.Count < readAhead && panels.MoveNext())
            {
                var panel = panels.Current;
                ahead.Enqueue((panel, Task.Run(() => QueryAsync(panel, detail, view, series, cancellationToken), cancellationToken)));
            }

            readAhead = s_readAhead;
            return ahead.Count;
        }
    }

    private static async Task<(List<ChartPoints> Points, List<KeyValuePair<string, SeriesPosition>> Seen)> QueryAsync(
        RunPanel panel, RunDetail detail, RunView view, ISeriesQueries series, CancellationToken cancellationToken)
    {
        List<ChartPoints> points = [];
        List<KeyValuePair<string, SeriesPosition>> seen = [];
        foreach (var key in panel.Keys)
        {
            var answer = await series.QueryAsync(
                new()
                {
                    Run = detail.Run.Id,
                    Keys = [key],
                    Axis = view.Axis,
                    From = view.Window?.From,
                    To = view.Window?.To,
                    MaxPoints = PointsDrawn,
                    Smoothing = panel.SmoothedKeys.Contains(key, StringComparer.Ordinal) ? view.Smoothing : 0,
                },
                cancellationToken) ?? throw new InvalidOperationException($"Run {detail.Run.Id} is gone.");
            var own = answer.Series[0];
            points.Add(new(points.Count, own.Steps, view.Axis == SeriesAxis.Step ? null : own.X, own.Y, own.Smoothed, own.TotalPoints));
            seen.Add(new(key, answer.Cursor[key]));
        }

        if (panel.HasPlan && view is { Axis: not SeriesAxis.Elapsed, Window: null })
        {
            points.Add(Plan(points.Count, detail.Spec, view.Axis));
        }

        return (points, seen);
    }

    private static ChartPoints Plan(int line, RunSpec spec, SeriesAxis axis)
    {
        var plan = spec.Schedule.Sample(PlanPoints);
        var places = new StepPlaces(spec, axis);
        return new(line, [.. plan.Select(point => point.Step)], [.. plan.Select(point => places.Of(point.Step) ?? 0)], [.. plan.Select(point => point.Rate)], null, plan.Count);
    }
}
