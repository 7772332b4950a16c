using Ntl.Domain.Laws;
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
    public async Task Page_WithAFitChosen_PredictsWithItsBandAndTakesItsCoolingRate()
    {
        var law = new RiverValleyLaw(LawKind.Newton) { ReferenceRate = 3e-3, ColdLoss = 1.5, RiverScale = 0.4, RiverExponent = 0.5, Modes = [new(41, 0.1)] };
        var fit = new LawFit(law) { Range = new(3e-3, 3e-3, 1e-4, 0.05, 2.4, 1000, 0.01, true, false), TrainError = 0.004 };
        await using var stage = new Stage();
        var saved = (await stage.Laws.SaveAsync("nano on sotu", fit, [], TestContext.Current.CancellationToken)).Fit!;
        await using var chosen = new Stage($"/compose?fit={saved.Id.Value}");
        chosen.Laws.Saved.AddRange(stage.Laws.Saved);
        await using var page = await chosen.StartAsync<Ntl.Web.Components.Pages.Compose>();
        chosen.Time.Advance(TimeSpan.FromSeconds(1));
        var expected = fit.Forecast(RatePath.Of(Composition.Start));

        var html = await chosen.RenderAsync<LossPanel>(("Choices", await ChoicesAsync(chosen)), ("FitId", saved.Id.Value), ("Forecast", expected));
        var first = await chosen.RenderAsync<Ntl.Web.Components.Pages.Compose>();

        Assert.Contains(Ntl.Web.Components.Formatting.Format.Number(expected.FinalLoss, 5), html, StringComparison.Ordinal);
        Assert.All(expected.Cautions, caution => Assert.Contains(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(caution), html, StringComparison.Ordinal));
        Assert.Contains("41", first, StringComparison.Ordinal);
        Assert.Contains("Fitted by nano on sotu.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("composer-kappa", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FromTheLibrary_BeginsWithThatVersionAndOffersTheNext()
    {
        await using var stage = new Stage("/compose?from=0000000001:1");
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000001", "Baseline", StandardSchedules.Cosine(1234, 1e-3)));

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Compose>();

        Assert.Contains("value=\"Baseline\"", html, StringComparison.Ordinal);
        Assert.Contains("cosine decay 1234", html, StringComparison.Ordinal);
        Assert.Contains("Save as version 2 of Baseline", html, StringComparison.Ordinal);
        Assert.Contains("This schedule is already in the library", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FromNoScheduleOfTheLibrary_SaysSo()
    {
        await using var stage = new Stage("/compose?from=0000000009:7");

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Compose>();

        Assert.Contains("There is no schedule", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Save as version", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Losses_Asked_AreAskedForOnceEach()
    {
        var law = new RiverValleyLaw(LawKind.Newton) { ReferenceRate = 3e-3, ColdLoss = 1.5, RiverScale = 0.4, RiverExponent = 0.5, Modes = [new(41, 0.1)] };
        var laws = new FakeLaws();
        var saved = (await laws.SaveAsync("a", new(law) { Range = new(3e-3, 3e-3, 1e-4, 0.05, 2.4, 1000, 0.01, true, false) }, [], TestContext.Current.CancellationToken)).Fit!;
        var losses = new LossReading(new Ntl.Web.Laws.LossForecasts(laws), laws);

        Assert.True(await losses.ReadAsync(saved.Id.Value, [Composition.Start, Composition.Start], TestContext.Current.CancellationToken));
        Assert.False(await losses.ReadAsync(saved.Id.Value, [Composition.Start], TestContext.Current.CancellationToken));
        Assert.True(await losses.ReadAsync("0000000000", [Composition.Start], TestContext.Current.CancellationToken));

        Assert.NotNull(losses.Of(saved.Id.Value, Composition.Start));
        Assert.False(losses.IsMissing(saved.Id.Value, Composition.Start));
        Assert.True(losses.IsMissing("0000000000", Composition.Start));
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

    private static Task<IReadOnlyList<Ntl.Web.Laws.FitChoice>> ChoicesAsync(Stage stage) =>
        new Ntl.Web.Laws.LossForecasts(stage.Laws).ChoicesAsync(null, null, TestContext.Current.CancellationToken);
}
