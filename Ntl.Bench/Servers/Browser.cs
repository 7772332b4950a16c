using Microsoft.Playwright;

namespace Ntl.Bench.Servers;

/// <summary>A real Chromium, with a probe in every page that notes what is drawn and what arrives.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] s_arguments = ["--no-sandbox", "--disable-gpu"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts Chromium.</summary>
    /// <param name="processLimit">The most processes for its pages; null leaves that to Chromium.</param>
    public static async Task<Browser> StartAsync(int? processLimit = null)
    {
        if (!File.Exists(Chromium))
        {
            throw new BenchException($"There is no {Chromium}. Install it with: apt-get install chromium");
        }

        var playwright = await Playwright.CreateAsync();
        try
        {
            var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = [.. s_arguments, .. processLimit is { } limit ? [FormattableString.Invariant($"--renderer-process-limit={limit}")] : Array.Empty<string>()] });
            return new Browser(playwright, browser);
        }
        catch (PlaywrightException exception)
        {
            playwright.Dispose();
            throw new BenchException($"Chromium could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>A page in a profile of its own: empty cache, empty storage.</summary>
    public async Task<IPage> NewPageAsync() => await (await NewProfileAsync(draws: true)).NewPageAsync();

    /// <summary>A profile for pages that share a cache.</summary>
    /// <param name="draws">False leaves charts undrawn: viewers whose own machines would draw.</param>
    public async Task<IBrowserContext> NewProfileAsync(bool draws)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        await context.AddInitScriptAsync(scriptPath: Path.Combine(AppContext.BaseDirectory, "probe.js"));
        if (!draws)
        {
            await context.AddInitScriptAsync("window.requestAnimationFrame = () => 0;");
        }

        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
