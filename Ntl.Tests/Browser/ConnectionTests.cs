using Microsoft.Playwright;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

/// <summary>Lost connections mend themselves.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class ConnectionTests(BrowserFixture browser)
{
    [Fact]
    public async Task Connection_Lost_ComesBackToTheSamePage()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/runs");
        await visit.Page.EvaluateAsync("() => { window.sameDocument = true; Blazor._internal.forceCloseConnection(); }");

        await visit.Page.GetByLabel("Search runs").FillAsync("nothing has this name");

        await Assertions.Expect(visit.Heading("No run matches")).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.sameDocument === true"));
    }

    [Fact]
    public async Task Server_Restarted_PageLoadsItselfAndItsUrlRestoresTheView()
    {
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Root, "data");
        var first = await NtlServer.StartAsync(data);
        await using var visit = await browser.VisitAsync(address: first.Address);
        await visit.OpenAsync("/runs/new?shape=cosine&peak=7e-4");
        await visit.Page.EvaluateAsync("() => { window.before = true; }");
        await first.StopAsync();
        await Assertions.Expect(visit.Page.Locator("#connection")).ToHaveTextAsync("Connection lost. Reconnecting…", new() { Timeout = 30_000 });

        await using var second = await NtlServer.StartAsync(data, port: first.Address.Port);

        await visit.Page.WaitForFunctionAsync("() => !window.before", null, new() { Timeout = 30_000 });
        await visit.UntilAnsweringAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Peak learning rate")).ToHaveValueAsync("7e-4");
        await visit.Page.GetByLabel("Peak learning rate").FillAsync("x");
        await Assertions.Expect(visit.Page.Locator("#draft-peak-problem")).ToBeVisibleAsync();
        await first.DisposeAsync();
    }
}
