using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Domain.Plots;
using Ntl.Web.Components.Layout;

namespace Ntl.Web.Components.Plots;

/// <summary>A plot. The curves are one SVG that stretches to any width; titles and ticks are text beside it and keep their size.</summary>
public sealed partial class PlotView
{
    private const int Side = 1000;

    private PlotDrawing _drawing = null!;
    private Plot? _shown;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Parameter, EditorRequired]
    public Plot Plot { get; set; } = null!;

    /// <summary>Of the saved files, without ending.</summary>
    [Parameter, EditorRequired]
    public string FileName { get; set; } = "";

    private string Grid
    {
        get
        {
            var path = new StringBuilder();
            if (Plot.Cells is not null)
            {
                return "";
            }

            foreach (var value in _drawing.X.RoundValues())
            {
                path.Append(CultureInfo.InvariantCulture, $"M{_drawing.X.Share(value) * Side:0.#} 0V{Side}");
            }

            foreach (var value in _drawing.Y.RoundValues())
            {
                path.Append(CultureInfo.InvariantCulture, $"M0 {(1 - _drawing.Y.Share(value)) * Side:0.#}H{Side}");
            }

            return path.ToString();
        }
    }

    private IEnumerable<(string Role, IEnumerable<PlotCurve> Curves)> Legend => Plot.Curves
        .GroupBy(curve => curve.Role)
        .OrderBy(group => group.Key)
        .Select(group => (group.Key switch { CurveRole.Theory => "Theory", CurveRole.Bound => "Bound", _ => "Measured" }, group.AsEnumerable()));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown, Plot))
        {
            _drawing = new(Plot);
        }
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_shown, Plot);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _shown = Plot;
        if (firstRender)
        {
            try
            {
                await using var module = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/plots.js"]}");
                await module.InvokeVoidAsync("tellNumbers");
            }
            catch (Exception exception) when (ReaderGone.Explains(exception))
            {
                // The reader has gone.
            }
        }
    }

    private static IEnumerable<(string Place, string Text)> Ticks(PlotAxis axis) =>
        axis.Ticks().Select(tick => ((100 * axis.Share(tick.Value)).ToString("0.##", CultureInfo.InvariantCulture), tick.Text));

    // Over the picture, which is stretched and would stretch letters with it.
    private IEnumerable<(string Left, string Bottom, string Value, string Note)> CellNotes()
    {
        if (Plot.Cells is not { Notes.IsEmpty: false } cells)
        {
            yield break;
        }

        for (var i = 0; i < cells.Notes.Length; i++)
        {
            var (value, note) = PlotDrawing.LettersOf(cells, i);
            yield return (Place(_drawing.X.Share(cells.X[i % cells.X.Length])), Place(_drawing.Y.Share(i / cells.X.Length)), value, note);
        }

        static string Place(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#}%");

    private static string Extent(PlotAxis axis) => string.Create(CultureInfo.InvariantCulture, $"{axis.Start:R} {axis.End:R} {(axis.IsLog ? "log" : "lin")}");

    private static string ShapeOf(PlotCurve curve) => curve.Style switch { CurveStyle.Points => "points", CurveStyle.Bars => "bars", _ => "line" };

    private static string SampleOf(PlotCurve curve) => curve.Style switch { CurveStyle.Points => "M12 6h0", CurveStyle.Bars => "M4 12V6H10V12ZM13 12V2H19V12Z", _ => "M0 6H24" };

    private Task SavePictureAsync() => SaveAsync($"{FileName}.svg", "image/svg+xml", PlotFile.Write(Plot));

    private Task SaveNumbersAsync() => SaveAsync($"{FileName}.csv", "text/csv", PlotNumbers.Write(Plot));

    private async Task SaveAsync(string name, string type, string text)
    {
        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        await page.InvokeVoidAsync("saveText", name, type, text);
    }
}
