using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Runs;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Components.Runs;

public sealed class RunTableTests : IAsyncDisposable
{
    private readonly Stage _stage = new();

    [Fact]
    public async Task Table_Sorted_SaysByWhichColumnAndWhichWay()
    {
        var html = await _stage.RenderAsync<RunTable>(
            ("Rows", new[] { FakeRuns.Row("0000000001", "<b>bold</b>", RunStatus.Running) }),
            ("Caption", "Runs"),
            ("Sort", RunSort.TrainLoss),
            ("Descending", false),
            ("SortChanged", EventCallback.Factory.Create<RunSort>(this, _ => { })));

        Assert.Equal(1, Count(html, "aria-sort=\"ascending\""));
        Assert.Equal(0, Count(html, "aria-sort=\"descending\""));
        Assert.Contains("&lt;b&gt;bold&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<caption", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_WithoutAListener_HasNoButtons()
    {
        var html = await _stage.RenderAsync<RunTable>(("Rows", Array.Empty<RunRow>()), ("Caption", "Last results"));

        Assert.DoesNotContain("<button", html, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
