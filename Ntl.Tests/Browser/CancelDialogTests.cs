using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class CancelDialogTests(BrowserFixture browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CancelDialog_OfARun_HasTheSafeChoiceAsItsPrimaryButton()
    {
        var run = await QueueAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/runs/{run}");

        await visit.Button("Cancel").ClickAsync();
        await Assertions.Expect(visit.Button("Keep running")).ToHaveClassAsync(Primary());
        await Assertions.Expect(visit.Button("Cancel the run")).Not.ToHaveClassAsync(Primary());
        await visit.Button("Keep running").ClickAsync();
        await Assertions.Expect(visit.Button("Keep running")).ToHaveCountAsync(0);
        var kept = await browser.Server.Client.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{run}", Cancellation);
        Assert.NotEqual("cancelled", kept.GetProperty("run").GetProperty("status").GetString());

        await visit.Button("Cancel").ClickAsync();
        await visit.Button("Cancel the run").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".run-header .chip")).ToHaveTextAsync("Cancelled", new() { Timeout = 120_000 });
    }

    private async Task<string> QueueAsync()
    {
        using var body = new StringContent(RunSpecJson.Write(TestSpecs.Tiny(1_000_000, "long")), Encoding.UTF8, "application/json");
        using var answer = await browser.Server.Client.PostAsync("/api/v1/runs", body, Cancellation);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    [GeneratedRegex("rz-primary", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Primary();
}
