using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

/// <summary>A reader's tab, with what its console complained of.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page's scripts, its content security policy included.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Opens a page and waits until it answers: prerendered markup is there before its circuit is.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await UntilAnsweringAsync();
    }

    /// <summary>Waits until the page's circuit stands and its content is there.</summary>
    public async Task UntilAnsweringAsync()
    {
        await Assertions.Expect(Page.Locator(".shell[data-answers]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(Page.Locator("[role=status].skeleton")).ToHaveCountAsync(0);
    }

    /// <summary>Waits for the address, '*' standing for anything. Polled: Playwright's own wait can miss a change of the address within a page.</summary>
    public Task UntilAtAsync(string pattern) =>
        UntilAtAsync(new Regex($"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <inheritdoc cref="UntilAtAsync(string)"/>
    public Task UntilAtAsync(Regex address) => Assertions.Expect(Page).ToHaveURLAsync(address, new() { Timeout = 30_000 });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>The chart of that title.</summary>
    public ILocator Chart(string title) => Page.Locator($"figure.chart[data-title='{title}']");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
