using System.Net;
using System.Text;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Plots;

/// <summary>A plot as an SVG document of its own, with title, axes and legend.</summary>
public static class PlotFile
{
    private const double Width = 720;
    private const double Height = 400;
    private const double Left = 76;
    private const double Right = 250;
    private const double Top = 34;
    private const double Bottom = 48;
    private const int MostInLegend = 20;

    private const string Style =
        ".line,.contour{fill:none;stroke-width:1.6}.band{opacity:.15;stroke:none}.theory{stroke-dasharray:6 3}.bound{stroke-dasharray:2 3;stroke:#111}" +
        ".points{stroke-width:6;stroke-linecap:round;stroke-dasharray:none}.bars{stroke:none;opacity:.5}.contour{stroke:#bbb;stroke-width:.8}.cell{fill:#1b6ca8;stroke:none}.hot{stroke:#b83a1b}.cold{stroke:#1b6ca8}.band.hot,.bars.hot{fill:#b83a1b}.band.cold,.bars.cold{fill:#1b6ca8}.cell.missing{fill:none;stroke:#ccc;stroke-dasharray:1 2}";

    private static readonly string[] s_colours = ["#1b6ca8", "#c8553d", "#3c7d4f", "#8a5a9e", "#b8860b", "#4a8f99", "#a03c6e", "#5b6770", "#222222", "#9a9a9a"];

    /// <summary>The document's text.</summary>
    /// <param name="plot">What to draw.</param>
    public static string Write(Plot plot)
    {
        var drawing = new PlotDrawing(plot);
        var (width, height) = (Width - Left - Right, Height - Top - Bottom);
        var svg = new StringBuilder();
        Add($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {Width} {Height}' font-family='sans-serif' font-size='11' fill='#333'>");
        Add($"<style>{Style}{string.Concat(s_colours.Select((colour, i) => $".s{i + 1}{{stroke:{colour}}}.band.s{i + 1},.bars.s{i + 1}{{fill:{colour}}}"))}</style>");
        Add($"<rect width='{Width}' height='{Height}' fill='white'/>");
        Text(Left, Top - 14, plot.Title, "font-size='13' font-weight='bold'");
        Add($"<rect x='{Left}' y='{Top}' width='{width}' height='{height}' fill='none' stroke='#999'/>");
        foreach (var (value, text) in drawing.X.Ticks())
        {
            var x = Left + (drawing.X.Share(value) * width);
            Add($"<path d='M{x:0.#} {Top + height}v4' stroke='#999'/>");
            Text(x, Top + height + 16, text, "text-anchor='middle'");
        }

        foreach (var (value, text) in drawing.Y.Ticks())
        {
            var y = Top + ((1 - drawing.Y.Share(value)) * height);
            Add($"<path d='M{Left} {y:0.#}h-4' stroke='#999'/>");
            Text(Left - 7, y + 4, text, "text-anchor='end'");
        }

        Text(Left + (width / 2), Height - 12, PlotDrawing.WithUnit(plot.XLabel, plot.XUnit), "text-anchor='middle'");
        Text(0, 0, PlotDrawing.WithUnit(plot.YLabel, plot.YUnit), FormattableString.Invariant($"text-anchor='middle' transform='translate(14 {Top + (height / 2)}) rotate(-90)'"));
        if (drawing.LeftOut is { Count: > 0 } leftOut)
        {
            Text(Width - 8, Height - 12, leftOut.ToString(), "text-anchor='end' font-size='10'");
        }

        Add($"<svg x='{Left}' y='{Top}' width='{width}' height='{height}' overflow='hidden'>{drawing.Inside(width, height)}</svg>");
        AddLegend(svg, drawing);
        if (plot.Cells is { } cells)
        {
            LettersIn(drawing, cells, width, height).ForEach(letter => Text(letter.X, letter.Y, letter.Text, letter.Attributes));
            AddScale(svg, cells);
        }

        Add($"</svg>");
        return svg.ToString();

        void Add(FormattableString line) => AddLine(svg, line);

        void Text(double x, double y, string text, string attributes) => AddText(svg, x, y, text, attributes);
    }

    // White under the letters: a cell may be as dark as they are.
    private static List<(double X, double Y, string Text, string Attributes)> LettersIn(PlotDrawing drawing, PlotCells cells, double width, double height)
    {
        const string Letters = "text-anchor='middle' stroke='white' stroke-width='3' paint-order='stroke'";
        List<(double, double, string, string)> letters = [];
        for (var i = 0; i < cells.Values.Length; i++)
        {
            var (value, note) = PlotDrawing.LettersOf(cells, i);
            var x = Left + (drawing.X.Share(cells.X[i % cells.X.Length]) * width);
            var y = Top + ((1 - drawing.Y.Share(i / cells.X.Length)) * height);
            if (value.Length > 0)
            {
                letters.Add((x, note.Length > 0 ? y - 2 : y + 4, value, Letters));
            }

            if (note.Length > 0)
            {
                letters.Add((x, value.Length > 0 ? y + 11 : y + 4, note, $"font-size='9' {Letters}"));
            }
        }

        return letters;
    }

    private static void AddLegend(StringBuilder svg, PlotDrawing drawing)
    {
        foreach (var (i, curve) in drawing.Plot.Curves.Take(MostInLegend).Index())
        {
            var row = Top + 8 + (i * 17);
            var (shape, sample) = curve.Style == CurveStyle.Points ? ("points", "0 0h0") : ("line", "-11 0h22");
            AddLine(svg, $"<path class='{shape} {drawing.ClassesOf(curve)}' d='M{Width - Right + 21} {row - 4}m{sample}'/>");
            AddText(svg, Width - Right + 38, row, curve.Label, "");
        }
    }

    private static void AddScale(StringBuilder svg, PlotCells cells)
    {
        const int Shades = 5;
        AddText(svg, Width - Right + 16, Top + 8, PlotDrawing.WithUnit(cells.Label, cells.Unit), "");
        for (var i = 0; i < Shades; i++)
        {
            var shade = 1 - (i / (Shades - 1.0));
            var y = Top + 18 + (i * 18);
            AddLine(svg, $"<rect class='cell' x='{Width - Right + 16}' y='{y}' width='22' height='14' fill-opacity='{PlotCells.Opacity(shade):0.###}'/>");
            AddText(svg, Width - Right + 46, y + 11, NumberFormat.Number(cells.ValueOf(shade)), "");
        }
    }

    private static void AddText(StringBuilder svg, double x, double y, string text, string attributes) =>
        AddLine(svg, $"<text x='{x:0.#}' y='{y:0.#}' {attributes}>{WebUtility.HtmlEncode(text)}</text>");

    private static void AddLine(StringBuilder svg, FormattableString line) => svg.Append(FormattableString.Invariant(line)).Append('\n');
}
