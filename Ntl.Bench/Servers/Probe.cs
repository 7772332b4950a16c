using System.Text.Json;
using Microsoft.Playwright;

namespace Ntl.Bench.Servers;

/// <summary>What probe.js noted in a page.</summary>
internal static class Probe
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>One drawing of a chart.</summary>
    /// <param name="Title">The chart's title.</param>
    /// <param name="Points">Points drawn.</param>
    /// <param name="LastX">Right end of what is drawn; −1 while empty.</param>
    /// <param name="Refined">Whether the finer points of a zoomed window are drawn.</param>
    /// <param name="At">When it was on the screen; ms since the epoch.</param>
    internal sealed record Drawing(string Title, int Points, double LastX, bool Refined, double At);

    /// <summary>When the page was asked for; ms since the epoch.</summary>
    public static Task<double> OriginAsync(IPage page) => page.EvaluateAsync<double>("ntlProbe.origin");

    /// <summary>Bytes that the page's connection has brought.</summary>
    public static Task<double> BytesAsync(IPage page) => page.EvaluateAsync<double>("ntlProbe.bytes");

    /// <summary>When the first row of a runs table was on the screen; ms since the epoch.</summary>
    public static async Task<double> FirstRowAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => ntlProbe.firstRow !== null");
        return await page.EvaluateAsync<double>("ntlProbe.firstRow");
    }

    /// <summary>Waits until so many charts have drawn points.</summary>
    /// <exception cref="BenchException">They have not within the patience; the message says how many have, and which.</exception>
    public static async Task WaitForChartsAsync(IPage page, int count, TimeSpan patience)
    {
        try
        {
            await page.WaitForFunctionAsync(
                "count => new Set(ntlProbe.drawn.filter(d => d.points > 0).map(d => d.title)).size >= count", count,
                new PageWaitForFunctionOptions { Timeout = (float)patience.TotalMilliseconds });
        }
        catch (TimeoutException exception)
        {
            var drawn = (await DrawingsAsync(page)).Where(drawing => drawing.Points > 0).Select(drawing => drawing.Title).Distinct(StringComparer.Ordinal).ToList();
            throw new BenchException(
                FormattableString.Invariant($"{drawn.Count} of {count} charts were drawn within {patience.TotalSeconds} s: {string.Join(", ", drawn)}."), exception);
        }
    }

    /// <summary>All drawings so far.</summary>
    public static async Task<IReadOnlyList<Drawing>> DrawingsAsync(IPage page) =>
        JsonSerializer.Deserialize<List<Drawing>>(await page.EvaluateAsync<string>("JSON.stringify(ntlProbe.drawn)"), s_options)!;

    /// <summary>When the page last told the server of a chosen window; ms since the epoch.</summary>
    public static Task<double> LastWindowAsync(IPage page) => page.EvaluateAsync<double>("ntlProbe.windows.at(-1) ?? 0");
}
