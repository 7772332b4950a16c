using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class DatasetTests(BrowserFixture browser)
{
    [Fact]
    public async Task Upload_AnotherFileChosen_RenamesUnlessANameWasTyped()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/datasets");
        var name = visit.Page.Locator("#upload-name");

        await ChooseAsync(visit, "first.txt", "a text"u8.ToArray());
        await Assertions.Expect(name).ToHaveValueAsync("first");
        await ChooseAsync(visit, "second.txt", "another text"u8.ToArray());
        await Assertions.Expect(name).ToHaveValueAsync("second");
        await name.FillAsync("mine");
        await ChooseAsync(visit, "third.txt", "a third text"u8.ToArray());
        await Assertions.Expect(visit.Button("Upload")).ToBeEnabledAsync();
        await Assertions.Expect(name).ToHaveValueAsync("mine");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Upload_DoubtfulTokens_AreAddedOnlyWhenThePersonSaysSo()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/datasets");
        await visit.Page.Locator("#upload-format").SelectOptionAsync("UInt16");
        await ChooseAsync(visit, "wide ids.bin", [.. Enumerable.Range(0, 3000).SelectMany(i => BitConverter.GetBytes(i * 31 % 50_257))]);

        await visit.Button("Upload").ClickAsync();
        var doubts = visit.Page.Locator(".doubts");
        await Assertions.Expect(doubts).ToContainTextAsync("32-bit token ids, read as 16-bit");
        await Assertions.Expect(visit.Page.Locator("tbody")).Not.ToContainTextAsync("wide ids");
        await visit.Button("Add anyway").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("tbody tr").Filter(new() { HasText = "wide ids" }).Locator(".row-warning")).ToContainTextAsync("32-bit");
        await Assertions.Expect(doubts).ToHaveCountAsync(0);
        Assert.Empty(visit.Errors);
    }

    private static Task ChooseAsync(Visit visit, string name, byte[] content) =>
        visit.Page.Locator("#upload-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
}
