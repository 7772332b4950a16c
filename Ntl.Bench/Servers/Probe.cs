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

    /// <summary>All drawings so far.</summary>
    public static async Task<IReadOnlyList<Drawing>> DrawingsAsync(IPage page) =>
        JsonSerializer.Deserialize<List<Drawing>>(await page.EvaluateAsync<string>("JSON.stringify(ntlProbe.drawn)"), s_options)!;

    /// <summary>When the page last told the server of a chosen window; ms since the epoch.</summary>
    public static Task<double> LastWindowAsync(IPage page) => page.EvaluateAsync<double>("ntlProbe.windows.at(-1) ?? 0");
}
