using System.Globalization;
using System.Net;
using System.Text;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Plots;

/// <summary>
/// A plot as SVG. What is what is said by classes, so that a page's style sheet gives the colours: <c>s1</c> to <c>s10</c> for a curve and
/// its theory, <c>hot</c> and <c>cold</c> instead where a plot sets what is hot against what is cold, <c>measured</c>, <c>theory</c> or <c>bound</c> for its role, <c>band</c>, <c>line</c>, <c>points</c> or <c>bars</c> for its shape,
/// <c>contour</c> for the landscape, <c>cell</c> for a cell, its value in its opacity, and <c>cell missing</c> for one without a value.
/// </summary>
public sealed class PlotDrawing
{
    /// <summary>Colours that the style sheet has for curves.</summary>
    public const int Colours = 10;

    private const int Contours = 14;

    // So many points tell their numbers when pointed at; more would weigh more than the plot.
    private const int MostToldPoints = 60;

    private static readonly string[] s_theories = [", exact", ", theory", ", finite η"];

    private readonly List<string> _stems;

    /// <summary>Chooses the axes.</summary>
    /// <param name="plot">What to draw.</param>
    public PlotDrawing(Plot plot)
    {
        Plot = plot;
        _stems = [.. plot.Curves.Where(curve => curve.Role != CurveRole.Bound).Select(curve => Stem(curve.Label)).Distinct(StringComparer.Ordinal)];
        var hasBars = plot.Curves.Any(curve => curve.Style == CurveStyle.Bars);
        if (plot.Cells is { } cells)
        {
            X = !cells.Columns.IsEmpty ? PlotAxis.Of(cells.Columns) : PlotAxis.Exactly(Enumerable.Range(0, cells.X.Length).SelectMany(column => new[] { cells.Edges(column).Left, cells.Edges(column).Right }));
            Y = PlotAxis.Of(cells.Rows);
            return;
        }

        X = plot.Map is { } map ? PlotAxis.Exactly(map.X) : PlotAxis.Over(plot.Curves.SelectMany(curve => curve.X), plot.LogX);
        Y = plot.Map is { } ground ? PlotAxis.Exactly(ground.Y) : PlotAxis.Over(plot.Curves.SelectMany(curve => curve.Y).Concat(hasBars && !plot.LogY ? [0] : []).Concat(BandEdges(plot)), plot.LogY);
    }

    // Bands belong to the picture, but of two draws they are many times as wide as what the curves do: they may make it three times as high, and what is beyond is cut at the frame.
    private static IEnumerable<double> BandEdges(Plot plot)
    {
        List<double> edges = [.. plot.Curves.SelectMany(curve => curve.Lower.Concat(curve.Upper)).Where(edge => double.IsFinite(edge) && (!plot.LogY || edge > 0))];
        var known = plot.Curves.SelectMany(curve => curve.Y).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (least, most) = (known.Min(), known.Max());
        return plot.LogY || most <= least ? edges : edges.Select(edge => Math.Clamp(edge, least - (most - least), most + (most - least)));
    }

    /// <summary>What is drawn.</summary>
    public Plot Plot { get; }

    /// <summary>The horizontal axis.</summary>
    public PlotAxis X { get; }

    /// <summary>The vertical axis, upwards.</summary>
    public PlotAxis Y { get; }

    /// <summary>Colour and role of a curve, as classes. A curve and its theory, "linear" and "linear, exact", have one colour.</summary>
    /// <param name="curve">Of the plot.</param>
    public string ClassesOf(PlotCurve curve)
    {
        var role = curve.Role switch { CurveRole.Theory => "theory", CurveRole.Bound => "bound", _ => "measured" };
        if (HeatOf(curve) is { } heat)
        {
            return $"{heat} {role}";
        }

        var place = _stems.IndexOf(Stem(curve.Label));
        return place < 0 ? role : string.Create(CultureInfo.InvariantCulture, $"s{(place % Colours) + 1} {role}");
    }

    /// <summary>Points that the axes have no place for; none on a map or in cells.</summary>
    public LeftOut LeftOut => Plot.Curves.Select(curve => LeftOut.Of(curve.X, curve.Y, X.IsLog, Y.IsLog)).Aggregate(default(LeftOut), (sum, own) => sum.Plus(own));

    /// <summary>An axis' title: its label and, in brackets, its unit.</summary>
    public static string WithUnit(string label, string unit) => unit.Length == 0 ? label : $"{label} ({unit})";

    /// <summary>The inside of the axes as SVG elements, in the box (0, 0) to (width, height): contours, bands, curves.</summary>
    /// <param name="width">Of the box.</param>
    /// <param name="height">Of the box.</param>
    public string Inside(double width, double height)
    {
        var svg = new StringBuilder();
        if (Plot.Cells is { } cells)
        {
            AddCells(svg, cells, width, height);
        }

        if (Plot.Map is { } map)
        {
            AddContours(svg, map, width, height);
        }

        // Theory over measurement.
        foreach (var curve in Plot.Curves.Where(curve => curve.X.Length > 0).OrderBy(curve => curve.Role))
        {
            AddCurve(svg, curve, width, height);
        }

        return svg.ToString();
    }

    private void AddCurve(StringBuilder svg, PlotCurve curve, double width, double height)
    {
        var classes = ClassesOf(curve);
        if (curve.Lower.Length == curve.X.Length)
        {
            foreach (var piece in Pieces(curve, hasBand: true).Where(piece => piece.Length > 1))
            {
                var (xs, upper, lower) = (piece.Select(i => curve.X[i]), piece.Select(i => curve.Upper[i]), piece.Reverse().Select(i => curve.Lower[i]));
                svg.Append(CultureInfo.InvariantCulture, $"<path class='band {classes}' d='M{BandOutline(xs, upper)}L{BandOutline(xs.Reverse(), lower)}Z'/>");
            }
        }

        var title = WebUtility.HtmlEncode(curve.Label);
        IReadOnlyList<int> alone = [.. Enumerable.Range(0, curve.X.Length).Where(i => IsShown(curve, i))];
        if (curve.Style == CurveStyle.Line)
        {
            var pieces = Pieces(curve, hasBand: false).ToList();
            var course = string.Concat(pieces.Where(piece => piece.Length > 1).Select(piece => $"M{Outline(piece.Select(i => curve.X[i]), piece.Select(i => curve.Y[i]))}"));
            if (course.Length > 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<path class='line {classes}' d='{course}'><title>{title}</title></path>");
            }

            // A value without neighbours is a dot.
            alone = [.. pieces.Where(piece => piece.Length == 1).Select(piece => piece[0])];
        }

        if (alone.Count == 0)
        {
            return;
        }

        AddMarks(svg, curve, alone, (x, y) => Place(x, y, width, height));

        string Outline(IEnumerable<double> xs, IEnumerable<double> ys) => string.Join('L', xs.Zip(ys, (x, y) => Place(x, y, width, height)));

        string BandOutline(IEnumerable<double> xs, IEnumerable<double> ys) => string.Join('L', xs.Zip(ys, (x, y) =>
            string.Create(CultureInfo.InvariantCulture, $"{X.Share(x) * width:0.#} {(1 - Math.Clamp(Y.Share(y), 0, 1)) * height:0.#}")));
    }

    private void AddMarks(StringBuilder svg, PlotCurve curve, IReadOnlyList<int> shown, Func<double, double, string> at)
    {
        var (classes, title, reach) = (ClassesOf(curve), WebUtility.HtmlEncode(curve.Label), BarReach(curve));
        // Points are strokes of no length with round ends: they stay round when the picture is stretched.
        var marks = shown.Select(i => (X: curve.X[i], Y: curve.Y[i])).Select(point => (
            Path: curve.Style != CurveStyle.Bars
                ? $"M{at(point.X, point.Y)}h0"
                : $"M{at(point.X - reach, Floor)}L{at(point.X - reach, point.Y)}L{at(point.X + reach, point.Y)}L{at(point.X + reach, Floor)}Z",
            Told: $"{title}: {NumberFormat.Number(point.X)}, {NumberFormat.Number(point.Y)}"));
        var shape = curve.Style == CurveStyle.Bars ? "bars" : "points";
        if (shown.Count > MostToldPoints)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class='{shape} {classes}' d='{string.Concat(marks.Select(mark => mark.Path))}'><title>{title}</title></path>");
            return;
        }

        foreach (var (path, told) in marks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class='{shape} {classes}' d='{path}'><title>{told}</title></path>");
        }
    }

    /// <summary>What a cell says in letters: its value and its note, each on a line; the note in its tooltip alone where the columns are many.</summary>
    /// <param name="cells">Of the plot.</param>
    /// <param name="index">Of the value.</param>
    public static (string Value, string Note) LettersOf(PlotCells cells, int index)
    {
        const int MostNoted = 8;
        if (cells.Notes.IsEmpty)
        {
            return ("", "");
        }

        var value = cells.Values[index];
        return (double.IsFinite(value) ? NumberFormat.Number(value) : "", cells.X.Length > MostNoted && double.IsFinite(value) ? "" : cells.Notes[index]);
    }

    private string Place(double x, double y, double width, double height) =>
        string.Create(CultureInfo.InvariantCulture, $"{X.Share(x) * width:0.#} {(1 - Y.Share(y)) * height:0.#}");

    private void AddContours(StringBuilder svg, LandscapeMap map, double width, double height)
    {
        foreach (var level in ContourLines.Levels(map, Contours))
        {
            svg.Append("<path class='contour' d='");
            foreach (var (from, to) in ContourLines.Pieces(map, level))
            {
                svg.Append('M').Append(Place(from.X, from.Y, width, height)).Append('L').Append(Place(to.X, to.Y, width, height));
            }

            svg.Append("'/>");
        }
    }

    private void AddCells(StringBuilder svg, PlotCells cells, double width, double height)
    {
        foreach (var (i, value) in cells.Values.Index())
        {
            var (row, column) = (i / cells.X.Length, i % cells.X.Length);
            var (left, right) = cells.Edges(column);
            var (x, end) = (X.Share(left) * width, X.Share(right) * width);
            var (y, bottom) = ((1 - Y.Share(row + 0.5)) * height, (1 - Y.Share(row - 0.5)) * height);
            var shade = cells.Shade(value);
            var opacity = shade is { } known ? string.Create(CultureInfo.InvariantCulture, $" fill-opacity='{PlotCells.Opacity(known):0.###}'") : "";
            var place = cells.Columns.IsEmpty ? NumberFormat.Number(cells.X[column]) : cells.Columns[column];
            var told = shade is null ? "not known" : $"{NumberFormat.Number(value)} {cells.Unit}".TrimEnd();
            svg.Append(CultureInfo.InvariantCulture, $"<rect class='cell{(shade is null ? " missing" : "")}' x='{x:0.#}' y='{y:0.#}' width='{end - x:0.#}' height='{bottom - y:0.#}'{opacity}>");
            svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode($"{cells.Rows[row]}, {place}: {told}{(cells.Notes.IsEmpty ? "" : $", {cells.Notes[i]}")}")}</title></rect>");
        }
    }

    private double Floor => Y.IsLog ? Y.Start : 0;

    // Half a bar's width, in the units of x: bars nearly touch.
    private static double BarReach(PlotCurve curve)
    {
        const double HalfFilled = 0.46;
        return HalfFilled * curve.X.Zip(curve.X.Skip(1), (x, next) => Math.Abs(next - x)).Where(gap => gap > 0).DefaultIfEmpty(1).Min();
    }

    private bool IsShown(PlotCurve curve, int i) => LeftOut.IsShown(curve.X[i], curve.Y[i], X.IsLog, Y.IsLog);

    // Places in the curve's lists that can be drawn without a gap between them.
    private IEnumerable<int[]> Pieces(PlotCurve curve, bool hasBand)
    {
        for (var (first, i) = (0, 0); i <= curve.X.Length; i++)
        {
            var isShown = i < curve.X.Length && IsShown(curve, i) && !(hasBand && (double.IsNaN(curve.Lower[i]) || double.IsNaN(curve.Upper[i])));
            if (!isShown)
            {
                if (i > first)
                {
                    yield return [.. Enumerable.Range(first, i - first)];
                }

                first = i + 1;
            }
            else if (i > first && curve.Breaks.Contains(i))
            {
                yield return [.. Enumerable.Range(first, i - first)];
                first = i;
            }
        }
    }

    // Hot is warm and cold is cool in every plot that has one of each.
    private string? HeatOf(PlotCurve curve)
    {
        var (hot, cold) = (_stems.Count(stem => Begins(stem, "hot")), _stems.Count(stem => Begins(stem, "cold")));
        return (hot, cold) is not (1, 1) || curve.Role == CurveRole.Bound ? null
            : Begins(curve.Label, "hot") ? "hot"
            : Begins(curve.Label, "cold") ? "cold"
            : null;

        static bool Begins(string label, string word) => label.StartsWith(word + " ", StringComparison.OrdinalIgnoreCase);
    }

    private static string Stem(string label) =>
        s_theories.FirstOrDefault(ending => label.EndsWith(ending, StringComparison.Ordinal)) is { } found ? label[..^found.Length] : label;
}
