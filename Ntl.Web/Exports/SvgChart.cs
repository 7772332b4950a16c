using System.Globalization;
using System.Net;
using System.Text;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;

namespace Ntl.Web.Exports;

/// <summary>
/// A chart as SVG whose colours are those of a style sheet around it: <c>c1</c> to <c>c8</c> for lines, <c>grid</c> and <c>text</c>.
/// See <see cref="HtmlExport"/>, which has that sheet.
/// </summary>
public static class SvgChart
{
    private const double Width = 960;
    private const double Height = 380;
    private const double Left = 84;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 44;

    private static readonly string[] s_dashes = ["", " stroke-dasharray='7 4'", " stroke-dasharray='2 3'", " stroke-dasharray='10 3 2 3'"];

    /// <summary>Draws the chart.</summary>
    /// <param name="chart">The chart; without points only its axes are drawn.</param>
    public static string Write(ExportChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var x = PlotAxis.Over(chart.Lines.SelectMany(line => line.X), chart.LogX);
        var y = PlotAxis.Over(chart.Lines.SelectMany(ValuesOf).Where(double.IsFinite), chart.LogY);
        var svg = new StringBuilder();
        Add(svg, $"<svg viewBox='0 0 {Width} {Height}' role='img' aria-label='{WebUtility.HtmlEncode(chart.Title)}'>");
        AddAxes(svg, chart, x, y);
        Add(svg, $"<svg x='{Left}' y='{Top}' width='{Width - Left - Right}' height='{Height - Top - Bottom}' viewBox='{Left} {Top} {Width - Left - Right} {Height - Top - Bottom}'>");
        foreach (var line in chart.Lines)
        {
            AddLine(svg, chart, line, (xs, ys) => Course(chart, xs, ys, x, y), (xs, ys) => Dots(chart, xs, ys, x, y), (low, high) => Band(chart, line.X, low, high, x, y));
        }

        return svg.Append("</svg></svg>").ToString();
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private static void AddAxes(StringBuilder svg, ExportChart chart, PlotAxis x, PlotAxis y)
    {
        var (across, up) = (x.RoundValues(), y.RoundValues());
        foreach (var (value, text) in across.Zip(TickFormat.Counts(across)))
        {
            var at = AcrossOf(x, value);
            Add(svg, $"<path class='grid' d='M{at:0.#} {Top}V{Height - Bottom}'/><text x='{at:0.#}' y='{Height - Bottom + 16}' text-anchor='middle'>{text}</text>");
        }

        foreach (var (value, text) in up.Zip(chart.IsRate ? TickFormat.Rates(up) : TickFormat.Numbers(up)))
        {
            var at = DownOf(y, value);
            Add(svg, $"<path class='grid' d='M{Left} {at:0.#}H{Width - Right}'/><text x='{Left - 7}' y='{at + 4:0.#}' text-anchor='end'>{text}</text>");
        }

        Add(svg, $"<text x='{(Left + Width - Right) / 2}' y='{Height - 8}' text-anchor='middle'>{WebUtility.HtmlEncode(chart.XTitle)}</text>");
        if (chart.YTitle.Length > 0)
        {
            Add(svg, $"<text text-anchor='middle' transform='translate(14 {(Top + Height - Bottom) / 2:0.#}) rotate(-90)'>{WebUtility.HtmlEncode(chart.YTitle)}</text>");
        }
    }

    private static void AddLine(
        StringBuilder svg, ExportChart chart, ExportLine line, Func<IReadOnlyList<double>, IReadOnlyList<double>, string> course,
        Func<IReadOnlyList<double>, IReadOnlyList<double>, string> dots, Func<IReadOnlyList<double>, IReadOnlyList<double>, string> band)
    {
        var title = WebUtility.HtmlEncode(line.Label);
        if (line is { Low: { } low, High: { } high })
        {
            Add(svg, $"<path class='band c{line.Color}' d='{band(low, high)}'/>");
        }

        var shape = chart.IsScatter ? "dots" : "line";
        var dash = chart.IsScatter ? "" : s_dashes[line.Dash];
        Add(svg, $"<path class='{shape} c{line.Color}{(line.Smoothed is null ? "" : " faint")}' d='{course(line.X, line.Y)}'{dash}><title>{title}</title></path>");
        if (!chart.IsScatter && dots(line.X, line.Smoothed ?? line.Y) is { Length: > 0 } alone)
        {
            Add(svg, $"<path class='dots c{line.Color}' d='{alone}'><title>{title}</title></path>");
        }

        if (line.Smoothed is { } smoothed)
        {
            Add(svg, $"<path class='{shape} c{line.Color}' d='{course(line.X, smoothed)}'{dash}><title>{title}, smoothed</title></path>");
        }
    }

    // Values without neighbours.
    private static string Dots(ExportChart chart, IReadOnlyList<double> xs, IReadOnlyList<double> ys, PlotAxis x, PlotAxis y)
    {
        bool Shown(int i) => i >= 0 && i < xs.Count && LeftOut.IsShown(xs[i], ys[i], chart.LogX, chart.LogY);
        return string.Concat(Enumerable.Range(0, xs.Count).Where(i => Shown(i) && !Shown(i - 1) && !Shown(i + 1)).Select(i => $"M{Place(x, y, xs[i], ys[i])}h0"));
    }

    private static string Course(ExportChart chart, IReadOnlyList<double> xs, IReadOnlyList<double> ys, PlotAxis x, PlotAxis y)
    {
        var path = new StringBuilder();
        var isDown = false;
        for (var i = 0; i < xs.Count; i++)
        {
            if (!LeftOut.IsShown(xs[i], ys[i], chart.LogX, chart.LogY))
            {
                isDown = false;
                continue;
            }

            path.Append(chart.IsScatter || !isDown ? 'M' : 'L').Append(Place(x, y, xs[i], ys[i])).Append(chart.IsScatter ? "h0" : "");
            isDown = true;
        }

        return path.ToString();
    }

    private static string Band(ExportChart chart, IReadOnlyList<double> xs, IReadOnlyList<double> low, IReadOnlyList<double> high, PlotAxis x, PlotAxis y)
    {
        List<int> known = [.. Enumerable.Range(0, xs.Count).Where(i => LeftOut.IsShown(xs[i], low[i], chart.LogX, chart.LogY) && LeftOut.IsShown(xs[i], high[i], chart.LogX, chart.LogY))];
        var upper = known.Select(i => Place(x, y, xs[i], high[i]));
        var lower = known.AsEnumerable().Reverse().Select(i => Place(x, y, xs[i], low[i]));
        return known.Count < 2 ? "" : $"M{string.Join('L', upper.Concat(lower))}Z";
    }

    private static string Place(PlotAxis x, PlotAxis y, double px, double py) => string.Create(CultureInfo.InvariantCulture, $"{AcrossOf(x, px):0.#} {DownOf(y, py):0.#}");

    private static IEnumerable<double> ValuesOf(ExportLine line) => line.Y.Concat(line.Low ?? []).Concat(line.High ?? []);

    private static double AcrossOf(PlotAxis axis, double value) => Left + (axis.Share(value) * (Width - Left - Right));

    private static double DownOf(PlotAxis axis, double value) => Top + ((1 - axis.Share(value)) * (Height - Top - Bottom));
}
