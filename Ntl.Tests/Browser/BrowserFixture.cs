using Microsoft.Playwright;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

/// <summary>One Chromium and one real server for all browser tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    // Whether something comes is asked, not how soon: two cores also build, train and draw.
    private const float ExpectedWithinMilliseconds = 30_000;

    private readonly NtlServerFixture _server = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public NtlServer Server => _server.Server;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        Assertions.SetDefaultExpectTimeout(ExpectedWithinMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
    }

    /// <summary>A reader's tab. What goes wrong in it is kept: see <see cref="Visit.Errors"/>.</summary>
    public async Task<Visit> VisitAsync(int width = 1440, int height = 900, ColorScheme theme = ColorScheme.Light, Uri? address = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (address ?? Server.Address).ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = theme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visit(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        // A server that ends lets every circuit go that is still open.
        await Server.StopAsync();
        var unhandled = ServerLog.Unhandled(Server.Output);
        await _server.DisposeAsync();
        // Reported as the collection's failure: no page of any test may leave one behind.
        Assert.True(unhandled.Count == 0, $"The server's log of the browser tests holds {unhandled.Count} unhandled exceptions:\n{string.Join("\n\n", unhandled)}");
    }
}
