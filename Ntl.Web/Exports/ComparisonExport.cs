using System.Text;
using Microsoft.AspNetCore.Mvc;
using Ntl.Domain.Comparison;
using Ntl.Domain.Runs;
using Ntl.Web.Comparison;
using Ntl.Web.Components.Runs;
using Ntl.Web.Load;

namespace Ntl.Web.Exports;

/// <summary>A comparison, or one run, as a file of its own.</summary>
internal static class ComparisonExport
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/compare/export.html", SendComparisonAsync).ExcludeFromDescription().IsHeavy();
        endpoints.MapGet("/runs/{id}/export.html", SendRunAsync).ExcludeFromDescription().IsHeavy();
    }

    private static async Task<IResult> SendComparisonAsync(HttpRequest request, [FromServices] IComparisons comparisons, [FromServices] TimeProvider time, CancellationToken cancellationToken)
    {
        var view = ComparisonView.FromQuery(key => request.Query[key]);
        var set = await comparisons.FindAsync(view.Selection, cancellationToken);
        return set.Runs.Count == 0 ? TypedResults.NotFound() : FileOf(await WriteAsync(comparisons, set, view, time.GetUtcNow(), cancellationToken), "comparison.html");
    }

    private static async Task<IResult> SendRunAsync(string id, HttpRequest request, [FromServices] IComparisons comparisons, [FromServices] TimeProvider time, CancellationToken cancellationToken)
    {
        var shown = ComparisonView.FromQuery(key => request.Query[key]);
        var set = await comparisons.FindAsync(new() { Runs = [id] }, cancellationToken);
        if (set.Runs is not [var run])
        {
            return TypedResults.NotFound();
        }

        var view = shown with { Selection = new() { Runs = [id] }, Metrics = run.Keys, Group = [], Dash = [], Panel = [], Base = null };
        return FileOf(await WriteAsync(comparisons, set, view, time.GetUtcNow(), cancellationToken), $"{id}.html");
    }

    /// <summary>The file's text.</summary>
    public static async Task<string> WriteAsync(IComparisons comparisons, ComparisonSet set, ComparisonView view, DateTimeOffset madeAt, CancellationToken cancellationToken)
    {
        var drawing = new ComparisonDrawing(comparisons, set, view);
        var smoothed = await drawing.ReadSmoothedLossAsync(cancellationToken);
        var only = set.Runs is [var one] ? one : null;
        var export = only is not null
            ? new HtmlExport(only.Row.Name, madeAt, $"Run {only.Id}, {only.Row.Status}.")
            : new HtmlExport($"Comparison of {set.Runs.Count} runs", madeAt, $"{set.Runs.Count} of {set.Total} runs that were asked for.");
        export.Heading("Figures").Table(
            view.IsGrouped ? "A group's figures: mean ± 95 % interval (Student) over its n runs" : "Figures of the runs",
            [view.IsGrouped ? "Group" : "Run", "n", .. ComparisonColumn.All.Select(column => column.Unit is null ? column.Title : $"{column.Title} ({column.Unit})"), "Status"],
            drawing.Lines.Select(line => (IReadOnlyList<string>)[line.Label, $"{line.Runs.Count}", .. ComparisonColumn.All.Select(column => column.TextOf(line, smoothed)), string.Join(", ", line.Runs.CountBy(run => run.Row.Status).Select(own => $"{own.Value} {own.Key}"))]));
        List<object> data = [];
        await foreach (var panel in drawing.DrawAllAsync(cancellationToken))
        {
            export.Chart(ChartOf(panel, view));
            data.Add(new { panel.Panel.Title, Metric = panel.Panel.Key, X = view.XName, panel.Note, Lines = panel.Curves.Select(curve => new { curve.Line.Id, curve.Label, Runs = curve.Line.RunIds.Select(id => id.Value), curve.X, curve.Y, curve.Smoothed, curve.Low, curve.High, curve.TotalPoints }) });
        }

        AddSpecs(export, set);
        return export.Data("ntl-data", new { MadeAt = madeAt, View = view.ToQuery().ToDictionary(StringComparer.Ordinal), Panels = data }).Write();
    }

    private static void AddSpecs(HtmlExport export, ComparisonSet set)
    {
        if (set.Runs.Count > 1)
        {
            var rows = SpecTable.Of([.. set.Runs.Select(run => run.Spec)]).Different;
            export.Heading("What differs").Table("Fields of the specs that differ, a column a run", ["Field", .. set.Runs.Select(run => run.Row.Name)], rows.Select(row => (IReadOnlyList<string>)[row.Path, .. row.Values.Select(value => value ?? "–")]));
            export.Heading("Runs").Table("The runs, as their server knows them", ["Run", "Id", "Schedule", "Schedule hash", "Seed", "Status"], set.Runs.Select(run => (IReadOnlyList<string>)[run.Row.Name, run.Id.Value, run.Row.ScheduleName, run.Row.ScheduleHash, $"{run.Row.Seed}", run.Row.Status.ToString()]));
        }

        foreach (var run in set.Runs.DistinctBy(run => run.Seedless, StringComparer.Ordinal))
        {
            export.Heading(set.Runs.Count == 1 ? "Spec" : $"Spec of {run.Row.Name}").Preformatted(RunSpecJson.Write(run.Spec, indented: true));
        }
    }

    private static ExportChart ChartOf(DrawnPanel panel, ComparisonView view) => new(
        panel.Panel.Unit is { } unit ? $"{panel.Panel.Title} ({unit})" : panel.Panel.Title,
        view.XMetric is { } metric ? ComparisonPanel.AxisTitleOf(metric) : AxisNames.TitleOf(view.Axis),
        [.. panel.Curves.Select(curve => new ExportLine(curve.Label, curve.Line.Color, curve.Line.Dash, curve.X, curve.Y) { Smoothed = curve.Smoothed, Low = curve.Low, High = curve.High, TotalPoints = curve.TotalPoints })])
    {
        YTitle = panel.Panel.AxisTitle,
        IsRate = panel.Panel.IsRate,
        LogX = view.LogX,
        LogY = view.LogY,
        IsScatter = view.XMetric is not null,
        Note = panel.Note,
    };

    // A download, so that the page's own rules for scripts and styles do not bind it.
    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult FileOf(string html, string name) =>
        TypedResults.File(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", name);
}
