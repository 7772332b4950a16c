using Ntl.Domain.Laws;
using Ntl.Domain.Runs;
using Ntl.Tests.Web.Components.Support;
using Ntl.Tests.Web.LossLaws;
using Ntl.Web.Components.Pages;
using Ntl.Web.Components.Prediction;
using Ntl.Web.Laws;

namespace Ntl.Tests.Web.Components.Pages;

public sealed class LawPageTests
{
    [Fact]
    public async Task Prediction_WithoutCurves_SaysWhatToChoose()
    {
        await using var stage = new Stage("/laws/prediction");

        var html = await stage.RenderAsync<LawPrediction>();

        Assert.Contains("No curve is chosen yet", html, StringComparison.Ordinal);
        Assert.Contains("No fit is saved yet", html, StringComparison.Ordinal);
        Assert.Contains("disabled", html, StringComparison.Ordinal);
        Assert.Equal(["Prediction"], Texts(html, "<a href=\"/laws[^\"]*\" aria-current=\"page\"[^>]*>(?<text>[^<]*)</a>"));
    }

    [Fact]
    public async Task Prediction_OfAUrl_ShowsItsCurvesInTheirParts()
    {
        await using var stage = new Stage("/laws/prediction?train=run:0000000001,nonsense&test=run:0000000002,run:0000000001");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "cosine run", RunStatus.Finished));
        stage.Runs.Rows.Add(FakeRuns.Row("0000000002", "held run", RunStatus.Finished));

        var html = await stage.RenderAsync<LawPrediction>();

        Assert.Equal(["cosine run", "held run"], Texts(html, "<span class=\"curve-name\"[^>]*>(?<text>[^<]*)</span>"));
        // Each in one part: the first for training, although the URL names it for both.
        Assert.Equal(["true", "false", "false", "true"], Texts(html, "role=\"radio\" aria-checked=\"(?<text>[a-z]+)\""));
    }

    [Fact]
    public async Task BakeOff_OfAResult_RanksByWhatWasLeftOutAndShowsEveryLaw()
    {
        await using var stage = new Stage();
        var result = Result();

        var html = await stage.RenderAsync<BakeOffTable>(("Result", result), ("Shown", result.Chosen));

        Assert.Equal(2, Texts(html, "class=\"law-name\"[^>]*>(?<text>[^<]*)</button>").Count);
        Assert.Single(Texts(html, "<span class=\"best\"[^>]*>(?<text>[^<]*)</span>"));
        Assert.Equal(LawKind.Newton, result.Chosen!.Kind);
        Assert.Contains("The curve is too short.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detail_OfALaw_SaysWhatEachNumberMeansAndWhenNotToTrustIt()
    {
        await using var stage = new Stage();
        var result = Result();

        var html = await stage.RenderAsync<LawDetail>(("Result", result), ("Row", result.Chosen));

        Assert.Contains("κ", html, StringComparison.Ordinal);
        Assert.Contains("curvature", html, StringComparison.Ordinal);
        Assert.Contains("heat capacity", html, StringComparison.Ordinal);
        Assert.Contains("When not to trust it", html, StringComparison.Ordinal);
        Assert.Equal(["Predicted over measured", "Residuals", "Final loss against D"], Texts(html, "<figure[^>]*data-title=\"(?<text>[^\"]*)\"").Take(3));
        Assert.Contains("left out", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_WithoutAFit_LeadsToOne()
    {
        await using var stage = new Stage("/laws/suggest");

        Assert.Contains("href=\"/laws/prediction\"", await stage.RenderAsync<LawSuggestion>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_OfAFit_OffersWhatItWasFittedTo()
    {
        await using var stage = new Stage("/laws/suggest");
        await SaveAsync(stage);

        var html = await stage.RenderAsync<LawSuggestion>();

        Assert.Contains("placeholder=\"400\"", html, StringComparison.Ordinal);
        Assert.Contains("placeholder=\"2e-3\"", html, StringComparison.Ordinal);
        Assert.Contains("Baseline: cosine to", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggestion_OfALaw_ShowsItsGainItsErrorAndWhyNotToBelieveIt()
    {
        await using var stage = new Stage();
        var fit = await SaveAsync(stage);
        var outcome = await stage.Laws.SuggestAsync(new(fit.Id.Value, new(400, LawWorld.Peak, 0, 20), null), TestContext.Current.CancellationToken);

        var html = await stage.RenderAsync<SuggestionView>(("Suggestion", outcome.Suggestion));

        Assert.Contains("Predicted gain over the baseline", html, StringComparison.Ordinal);
        Assert.Contains("overstate", html, StringComparison.Ordinal);
        Assert.Contains("In closed form", html, StringComparison.Ordinal);
        Assert.Contains("/compose?schedule=", html, StringComparison.Ordinal);
        Assert.Equal(["Schedules", "Predicted loss"], Texts(html, "<figure[^>]*data-title=\"(?<text>[^\"]*)\""));
    }

    public static TheoryData<SuggestionDraft, string> Wrong => new()
    {
        { new() { Steps = "many", Peak = "1e-3" }, "steps" },
        { new() { Steps = "", Peak = "1e-3" }, "steps" },
        { new() { Steps = "1", Peak = "1e-3" }, "warmupSteps" },
        { new() { Steps = "99999999999", Peak = "1e-3" }, "steps" },
        { new() { Steps = "100", Peak = "" }, "peak" },
        { new() { Steps = "100", Peak = "0" }, "peak" },
        { new() { Steps = "100", Peak = "NaN" }, "peak" },
        { new() { Steps = "100", Peak = "1e-3", Floor = "1" }, "floor" },
        { new() { Steps = "100", Peak = "1e-3", Warmup = "100" }, "warmupSteps" },
        { new() { Steps = "100", Peak = "1e-3", Warmup = "-1" }, "warmupSteps" },
        { new() { Steps = "100", Peak = "1e-3", Baseline = "2" }, "baseline" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Draft_WithAMistake_SaysItByItsField(SuggestionDraft draft, string path)
    {
        List<SpecProblem> problems = [];

        Assert.Null(draft.Read(problems));
        Assert.Contains(problems, problem => problem.Path == path);
    }

    [Fact]
    public void Draft_InAUrl_ComesBack()
    {
        var draft = new SuggestionDraft { Fit = "0123456789", Steps = "1 000", Peak = "1e-3", Floor = "1e-5", Warmup = "50", MayRise = true, Baseline = "0", Run = "0000000001", Seeds = "4,5,6" };
        var query = draft.ToQuery().ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.Equal(draft, SuggestionDraft.FromQuery(key => query.GetValueOrDefault(key)));
        Assert.Empty(new SuggestionDraft().ToQuery());
        var request = draft.Read(new List<SpecProblem>())!;
        Assert.Equal((1000L, 1e-3, 1e-5, 50L, false), (request.Constraints.Steps, request.Constraints.Peak, request.Constraints.Floor, request.Constraints.WarmupSteps, request.Constraints.IsMonotone));
        Assert.Equal([4L, 5, 6], draft.ReadSeeds(new List<SpecProblem>())!);
    }

    [Fact]
    public void View_InAUrl_ComesBack()
    {
        var view = PredictionView.Empty.With(Ref(1), false).With(Ref(2), false).With(Ref(3), true).With(Ref(2), true).With(Ref(1), null) with { Law = "newton", Skip = "10", Decay = "0.05" };
        var query = view.ToQuery().ToDictionary(pair => pair.Key, pair => pair.Value);

        var read = PredictionView.FromQuery(key => query.GetValueOrDefault(key));

        Assert.Empty(read.Train);
        Assert.Equal([Ref(3), Ref(2)], read.Test);
        Assert.Equal(("newton", 0.1), (read.Law, read.SkippedShare));
        Assert.Null((view with { Skip = "91" }).SkippedShare);
        Assert.True(view.HasFitsOf(read));
    }

    private static CurveRef Ref(int number) => new(CurveOrigin.File, new($"000000000{number}"));

    private static BakeOff Result()
    {
        var curves = Curves();
        var rows = new[] { LawKind.PowerLaw, LawKind.Newton }.Select(kind => new BakeOffRow(kind, LawFitting.Fit(kind, curves, new() { Replicates = 4 }), null, [])).ToList();
        rows.Add(new(LawKind.MultiPower, null, "The curve is too short.", []));
        return new([.. curves.Select((curve, i) => new SourceCurve(Ref(i), curve, "validation loss", null))], [], rows, ["No test curve."]);
    }

    private static List<LossCurve> Curves() => [.. LawWorld.Schedules.Select(named =>
    {
        var losses = LawWorld.Losses(named.Schedule);
        return new LossCurve(named.Name, RatePath.Of(named.Schedule), [.. Enumerable.Range(1, 100).Select(i => new LossPoint(4 * i, losses[4 * i]))]);
    })];

    private static async Task<SavedFit> SaveAsync(Stage stage)
    {
        var result = Result();
        return (await stage.Laws.SaveAsync("Newton", result.Chosen!.Fit!, result.Train, TestContext.Current.CancellationToken)).Fit!;
    }

    private static List<string> Texts(string html, string pattern) =>
        [.. System.Text.RegularExpressions.Regex.Matches(html, pattern, System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["text"].Value.Trim())];
}
