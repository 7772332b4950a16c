using System.Collections.Concurrent;
using Ntl.Domain.Claims;
using Ntl.Domain.Laboratory;

namespace Ntl.Tests.Domain.Laboratory;

/// <summary>The acceptance table's toy rows, through the cards, with the default knobs and a fixed seed.</summary>
public class LabCardTests
{
    // Several tests look at the same experiment.
    private static readonly ConcurrentDictionary<string, LabResult> s_defaults = new(StringComparer.Ordinal);

    public static TheoryData<string> Ids => [.. LabCards.All.Select(card => card.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_DefaultKnobs_EveryClaimHolds(string id)
    {
        var result = Run(id);

        Assert.NotEmpty(result.Claims);
        Assert.All(result.Claims, claim => Assert.True(claim.Verdict == ClaimVerdict.Holds, $"{claim.Id}: {claim.Why}"));
        Assert.Equal(result.Claims.Length, result.Claims.Select(claim => claim.Id).Distinct().Count());
        Assert.Equal(0, result.Outcome.DivergedShare);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_DefaultKnobs_PlotsAreFiniteAndFitTheirAxes(string id)
    {
        var plots = Run(id).Plots;

        Assert.NotEmpty(plots);
        Assert.All(plots.SelectMany(plot => plot.Curves.Select(curve => (plot, curve))), pair =>
        {
            var (plot, curve) = pair;
            Assert.NotEmpty(curve.X);
            Assert.Equal(curve.X.Length, curve.Y.Length);
            Assert.True(curve.Lower.Length == curve.Upper.Length && (curve.Lower.Length == 0 || curve.Lower.Length == curve.X.Length));
            Assert.All(curve.X.Concat(curve.Y).Concat(curve.Lower).Concat(curve.Upper), value => Assert.True(double.IsFinite(value), $"{plot.Title}: {curve.Label}"));
            Assert.True(!plot.LogX || curve.X.All(x => x > 0), $"{plot.Title}: {curve.Label}");
            Assert.True(!plot.LogY || curve.Y.Concat(curve.Lower).All(y => y > 0), $"{plot.Title}: {curve.Label}");
        });
    }

    [Fact]
    public void All_Claims_CoverTheToyRows()
    {
        var rows = LabCards.All.SelectMany(card => Run(card.Id).Claims).Select(claim => claim.AcceptanceRow).ToHashSet();

        Assert.Superset(new HashSet<int> { 1, 2, 6, 7, 8, 9, 10, 14, 15, 16 }, rows);
    }

    // Values of an independent calculation: theory §5, §7.
    [Theory]
    [InlineData("clausius", "entropy", 0.8069, 1e-4)]
    [InlineData("newton-cooling", "kappa", 2.0203, 1e-4)]
    [InlineData("best-anneal", "worse-exponential", 1.846, 0.01)]
    [InlineData("best-anneal", "worse-step", 2.934, 0.01)]
    [InlineData("best-anneal", "worse-(1−x)²", 3.497, 0.01)]
    [InlineData("best-anneal", "worse-1−√x", 4.571, 0.01)]
    [InlineData("best-anneal", "worse-cosine", 4.663, 0.01)]
    [InlineData("best-anneal", "worse-linear", 6.343, 0.01)]
    [InlineData("best-anneal", "closed-form", 2.4765e-4, 1e-3)]
    [InlineData("backward-river", "drift", -0.00083, 0.01)]
    [InlineData("collapse", "level", 0.20243, 1e-4)]
    public void Run_DefaultKnobs_ExactSideIsTheIndependentNumber(string id, string claim, double expected, double relativeTolerance)
    {
        var found = Run(id).Claims.Single(judged => judged.Id == claim);

        var exact = found.Comparison == ClaimComparison.AtLeast ? found.Measured : found.Expected;

        Assert.Equal(expected, exact, relativeTolerance * Math.Abs(expected));
    }

    [Fact]
    public void Run_SameValuesTwice_GivesTheSameNumbers() => Assert.Equal(Run("mpemba").Claims, Run("mpemba", ("seed", "1")).Claims);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_Rehearsed_IsSmallAndDoesNotThrow(string id)
    {
        var card = LabCards.Find(id)!;
        var values = Rehearsal.Small(card);

        var result = card.Run(values, null, TestContext.Current.CancellationToken);

        Assert.NotEmpty(result.Plots);
        Assert.All(card.Knobs.Where(knob => knob.Id == "replicas"), _ => Assert.Equal(129, values.Integer("replicas")));
        Assert.All(card.Knobs.Where(knob => knob.Id == "steps"), _ => Assert.Equal(100, values.Integer("steps")));
    }

    [Fact]
    public void Rehearse_Cancelled_Throws() => Assert.ThrowsAny<OperationCanceledException>(() => Rehearsal.Run(new CancellationToken(canceled: true)));

    [Fact]
    public void Run_Cancelled_Throws()
    {
        var card = LabCards.Find("equipartition")!;

        Assert.ThrowsAny<OperationCanceledException>(() => card.Run(KnobValues.Defaults(card), null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Run_ValleyThatBecomesTooNarrow_IsShownAsDivergence()
    {
        var result = Run("river-valley", ("valley", "quadratic"), ("sharpening", "1"), ("x", "100"), ("y", "1"), ("schedule", "constant"));

        // The push of a far x on y, η·q·x², is above 2: y is thrown from side to side, ever further, into ever steeper walls.
        Assert.InRange(result.Outcome.DivergedShare, 0.5, 1);
        Assert.Contains("Diverged", result.Outcome.Text, StringComparison.Ordinal);
        Assert.NotNull(result.Outcome.FirstDivergedStep);
        Assert.All(result.Claims, claim => Assert.Equal(ClaimVerdict.Inconclusive, claim.Verdict));
        Assert.All(result.Claims, claim => Assert.True(double.IsFinite(claim.Measured) && double.IsFinite(claim.Expected)));
        Assert.All(result.Plots.SelectMany(plot => plot.Curves).SelectMany(curve => curve.X.Concat(curve.Y)), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("heavy ball")]
    [InlineData("Adam")]
    [InlineData("SignSGD")]
    [InlineData("Lion")]
    public void Run_RiverValleyWithAnyOptimizer_ViolatesNothing(string optimizer)
    {
        // Momentum multiplies the rate of heavy ball and Lion by ten.
        var result = Run("river-valley", ("optimizer", optimizer), ("rate", optimizer is "heavy ball" or "Lion" ? "0.005" : "0.05"));

        Assert.Equal(5, result.Plots.Length);
        Assert.DoesNotContain(result.Claims, claim => claim.Verdict == ClaimVerdict.Fails);
    }

    internal static LabResult Run(string id, params (string Knob, string Text)[] settings)
    {
        var card = LabCards.Find(id)!;
        Assert.True(KnobValues.TryParse(card, settings.ToDictionary(pair => pair.Knob, pair => pair.Text), out var values, out var problems), string.Join(" ", problems.Select(problem => problem.Message)));
        return settings.Length > 0
            ? card.Run(values, null, TestContext.Current.CancellationToken)
            : s_defaults.GetOrAdd(id, _ => card.Run(values, null, TestContext.Current.CancellationToken));
    }
}
