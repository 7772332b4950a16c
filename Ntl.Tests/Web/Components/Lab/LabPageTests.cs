using System.Text.RegularExpressions;
using Ntl.Domain.Laboratory;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Claims;
using Ntl.Web.Components.Lab;

namespace Ntl.Tests.Web.Components.Lab;

public sealed partial class LabPageTests
{
    [Fact]
    public async Task Page_FirstResponse_HasEveryCardAndTheKnobsAndRunsNothing()
    {
        await using var stage = new Stage("/lab");

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Lab>();

        Assert.All(LabCards.All, card => Assert.Contains($"href=\"/lab/{card.Id}\"", html, StringComparison.Ordinal));
        Assert.Contains("id=\"knob-rate\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"claims-title\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UrlWithABadKnob_ShowsTheProblemBesideIt()
    {
        await using var stage = new Stage("/lab/newton-cooling?rate=fast");

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Lab>(("CardId", "newton-cooling"));

        Assert.Contains("aria-invalid=\"true\" aria-describedby=\"knob-rate-problem\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"knob-rate-problem\"", html, StringComparison.Ordinal);
        Assert.Contains("A setting has an error.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UnknownCard_SaysSo()
    {
        await using var stage = new Stage("/lab/phlogiston");

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Lab>(("CardId", "phlogiston"));

        Assert.Contains("There is no card", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("river-valley")]
    [InlineData("newton-cooling")]
    public async Task Result_OfACard_HasNoNumberThatIsNone(string id)
    {
        await using var stage = new Stage();
        var card = LabCards.Find(id)!;
        var result = card.Run(KnobValues.Defaults(card), null, TestContext.Current.CancellationToken);

        var html = await stage.RenderAsync<LabResultView>(("Result", result), ("CardId", id));

        Assert.DoesNotMatch(NoNumber(), html);
        Assert.All(result.Claims, claim => Assert.Contains(ClaimWords.Word(claim.Verdict), html, StringComparison.Ordinal));
        Assert.Equal(result.Plots.Length, html.Split("role=\"img\"").Length - 1);
    }

    [Fact]
    public async Task Result_Diverged_SaysSoInWords()
    {
        await using var stage = new Stage();
        var result = new LabResult([], [], new LabOutcome("Diverged: 100 % of the replicas left for infinity.", 1, 12));

        var html = await stage.RenderAsync<LabResultView>(("Result", result), ("CardId", "river-valley"));

        Assert.Contains("left for infinity", html, StringComparison.Ordinal);
        Assert.Contains("Nothing was left to measure.", html, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(NaN|Infinity)\b|∞", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NoNumber();
}
