using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Compose;

namespace Ntl.Tests.Web.Components.Compose;

public class ComposePageTests
{
    [Fact]
    public async Task Page_FirstResponse_HasFieldsFiguresAndTheReading()
    {
        await using var stage = new Stage("/compose");

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Compose>();

        Assert.Contains("Phase 1 of 3: warm-up", html, StringComparison.Ordinal);
        Assert.Contains("id=\"phase-endRate\"", html, StringComparison.Ordinal);
        Assert.Contains(Composition.Start.Hash.Short, html, StringComparison.Ordinal);
        Assert.Contains("href=\"/laws/prediction\"", html, StringComparison.Ordinal);
        Assert.Contains("out of equilibrium", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_HostileLink_ShowsTheProblemAndTheStart()
    {
        await using var stage = new Stage("/compose?schedule=%7B%22version%22%3A1%2C%22phases%22%3A%5B%7B%22kind%22%3A%22magic%22%7D%5D%7D&phase=-9&tokens=NaN&kappa=hot");

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Compose>();

        Assert.Contains("no kind of phase called", html, StringComparison.Ordinal);
        Assert.Contains("is a number above 0", html, StringComparison.Ordinal);
        Assert.Contains("Tokens of a step are a whole number", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gesture_LetGo_EditsShowsTheExactCurveAndLaterChangesTheUrl()
    {
        await using var stage = new Stage("/compose");
        await using var page = await stage.StartAsync<Ntl.Web.Components.Pages.Compose>();
        var first = Assert.IsType<StageModel>(Assert.Single(stage.Script.CallsOf("show"))[0]);
        var hand = stage.Script.CallsOf("create").Single()[1];
        var component = ((Microsoft.JSInterop.DotNetObjectReference<ScheduleStage>)hand!).Value;

        await page.DoAsync(_ => component.OnGestureAsync(new("boundary", 2, null, null, null, 600, null, null, null, null), isFinal: false, goesOn: false));
        Assert.Single(stage.Script.CallsOf("show")); // a drag is drawn by the browser
        await page.DoAsync(_ => component.OnGestureAsync(new("boundary", 2, null, null, null, 600, null, null, null, null), isFinal: true, goesOn: false));

        var shown = Assert.IsType<StageModel>(stage.Script.CallsOf("show").Last()[0]);
        Assert.Equal(Composition.Start.Hash.Short, first.Hash);
        Assert.Equal(BoundaryEdits.Stretch(Composition.Start, 2, 600, StretchMode.TakeFromNeighbour).Schedule!.Hash.Short, shown.Hash);
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await page.DoAsync(_ => Task.CompletedTask);
        Assert.Contains("/compose?schedule=", stage.Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gesture_ThatCannotBe_IsAnsweredWithWhatIs()
    {
        await using var stage = new Stage("/compose");
        await using var page = await stage.StartAsync<Ntl.Web.Components.Pages.Compose>();
        var component = ((Microsoft.JSInterop.DotNetObjectReference<ScheduleStage>)stage.Script.CallsOf("create").Single()[1]!).Value;

        await page.DoAsync(_ => component.OnGestureAsync(new("boundary", 99, null, null, null, 1, null, null, null, null), isFinal: true, goesOn: false));

        Assert.Equal(Composition.Start.Hash.Short, Assert.IsType<StageModel>(stage.Script.CallsOf("show").Last()[0]).Hash);
    }

    [Fact]
    public async Task Panel_Compare_SaysTheDifferenceInWords()
    {
        await using var stage = new Stage();

        var html = await stage.RenderAsync<ComparePanel>(
            ("Schedule", Composition.Start),
            ("CurrentName", "mine"),
            ("Pins", (IReadOnlyList<PinnedSchedule>)[new PinnedSchedule("<b>theirs</b>", StandardSchedules.Cosine(1000, 3e-3, 0, 100))]),
            ("LossOf", (Func<ScheduleSpec, string>)(_ => "–")));

        Assert.Contains("Against &lt;b&gt;theirs&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("with phase 2, hold 3e-3 for 700", html, StringComparison.Ordinal);
    }
}
