using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Plots;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Exports;

/// <summary>
/// A page as one file that opens anywhere, without a server and without a network: text, tables, charts as SVG, and the numbers drawn as JSON.
/// No script. Colours follow the reader's theme.
/// </summary>
public sealed class HtmlExport
{
    private const string Style = """
        :root{color-scheme:light dark;--text:light-dark(#16181d,#e9ebef);--muted:light-dark(#5a606b,#a2a9b5);--back:light-dark(#fff,#14171b);--line:light-dark(#e3e3de,#2a2f37)}
        body{margin:0 auto;padding:28px 22px 60px;max-width:1100px;background:var(--back);color:var(--text);font:15px/1.5 Inter,system-ui,sans-serif}
        h1{font-size:1.6rem;margin:0 0 4px}h2{font-size:1.1rem;margin:30px 0 8px}p{margin:0 0 10px}.muted,caption{color:var(--muted)}
        .box{overflow-x:auto}table{border-collapse:collapse;font-size:13.5px;font-variant-numeric:tabular-nums}caption{text-align:left;padding-bottom:6px}
        th,td{padding:5px 14px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}thead th{color:var(--muted);font-weight:550}
        svg{display:block;width:100%;height:auto}svg text{fill:var(--muted);font-size:11px}.grid{stroke:var(--line);fill:none}
        .line,.dots{fill:none;stroke-width:1.7;stroke-linejoin:round}.dots{stroke-width:4;stroke-linecap:round}.faint{opacity:.28}.band{stroke:none;opacity:.18}
        .legend{display:flex;flex-wrap:wrap;gap:2px 18px;margin:4px 0 0;padding:0;list-style:none;font-size:13px}.legend svg{display:inline-block;width:24px;height:8px;margin-right:6px}
        pre{overflow-x:auto;padding:12px;border:1px solid var(--line);border-radius:8px;font-size:12.5px}dl{display:flex;flex-wrap:wrap;gap:6px 24px;margin:12px 0}dt{color:var(--muted);font-size:12px}dd{margin:0;font-weight:600}
        """;

    private static readonly string[] s_colours =
    [
        "light-dark(#4257d9,#93a2ff)", "light-dark(#d15a14,#ff9d5c)", "light-dark(#0b8578,#45cdbd)", "light-dark(#ad3391,#ee85d4)",
        "light-dark(#6f7c0c,#c5d04e)", "light-dark(#1379b8,#62baf5)", "light-dark(#c23244,#ff8089)", "light-dark(#755e4c,#cdb097)",
    ];

    private static readonly string[] s_dashes = ["", " stroke-dasharray='7 4'", " stroke-dasharray='2 3'", " stroke-dasharray='10 3 2 3'"];

    private readonly StringBuilder _body = new();

    /// <summary>Begins a page.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="madeAt">When its numbers were read.</param>
    /// <param name="about">What it is of, in a sentence.</param>
    public HtmlExport(string title, DateTimeOffset madeAt, string about)
    {
        Title = title;
        _body.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(title)}</h1>\n<p class='muted'>{Encode(about)} Made by Ntl on {Format.Instant(madeAt)}; it does not change any more.</p>\n");
    }

    public string Title { get; }

    public HtmlExport Heading(string text) => Add($"<h2>{Encode(text)}</h2>\n");

    public HtmlExport Paragraph(string text) => Add($"<p>{Encode(text)}</p>\n");

    /// <summary>Named values in a row.</summary>
    public HtmlExport Facts(IEnumerable<(string Name, string Value)> facts) =>
        Add($"<dl>{string.Concat(facts.Select(fact => $"<div><dt>{Encode(fact.Name)}</dt><dd>{Encode(fact.Value)}</dd></div>"))}</dl>\n");

    /// <summary>A table; the first cell of a row is its head.</summary>
    public HtmlExport Table(string caption, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Add($"<div class='box'><table><caption>{Encode(caption)}</caption><thead><tr>{string.Concat(heads.Select(head => $"<th scope='col'>{Encode(head)}</th>"))}</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            Add($"<tr><th scope='row'>{Encode(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{Encode(cell)}</td>"))}</tr>\n");
        }

        return Add("</tbody></table></div>\n");
    }

    /// <summary>A chart with its legend, its note, and how many points stand for how many.</summary>
    public HtmlExport Chart(ExportChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var leftOut = chart.Lines.Select(line => LeftOut.Of(line.X, line.Y, chart.LogX, chart.LogY)).Aggregate(default(LeftOut), (sum, own) => sum.Plus(own));
        var (kept, total) = (chart.Lines.Sum(line => (long)line.X.Count), chart.Lines.Sum(line => Math.Max(line.TotalPoints, line.X.Count)));
        var drawn = kept - leftOut.Count;
        var points = total == drawn ? $"{Format.Count(drawn)} points." : $"{Format.Count(drawn)} of {Format.Count(total)} points{(total > kept ? ", extremes kept" : "")}. {leftOut}".TrimEnd();
        Heading(chart.Title).Add(SvgChart.Write(chart));
        Add($"<ul class='legend'>{string.Concat(chart.Lines.Select(line => $"<li><svg viewBox='0 0 24 8' aria-hidden='true'><path class='line c{line.Color}' style='stroke-width:3' d='M0 4h24'{s_dashes[line.Dash]}/></svg>{Encode(line.Label)}</li>"))}</ul>\n");
        return Add($"<p class='muted'>{Encode($"{points} {chart.Note}".Trim())}</p>\n");
    }

    /// <summary>Text as it stands, such as a spec.</summary>
    public HtmlExport Preformatted(string text) => Add($"<pre>{Encode(text)}</pre>\n");

    /// <summary>Numbers for programs that read the file: in the element with that id.</summary>
    public HtmlExport Data<T>(string id, T data) =>
        // The serializer writes < as \u003C, so no text in the data ends the element.
        Add($"<script type='application/json' id='{Encode(id)}'>{JsonSerializer.Serialize(data, ExportJson.Options)}</script>\n");

    /// <summary>The whole file.</summary>
    public string Write()
    {
        var colours = string.Concat(s_colours.Select((colour, i) => FormattableString.Invariant($".c{i + 1}{{stroke:{colour}}}.band.c{i + 1}{{fill:{colour}}}")));
        return $"<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n<meta name='viewport' content='width=device-width,initial-scale=1'>\n<meta name='generator' content='Ntl'>\n<title>{Encode(Title)} · Ntl</title>\n<style>{Style}{colours}.band{{stroke:none}}</style>\n</head>\n<body>\n{_body}</body>\n</html>\n";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private HtmlExport Add(string html)
    {
        _body.Append(html);
        return this;
    }
}
