using Ntl.Domain.Schedules;
using Ntl.Web.Components.Compose;

namespace Ntl.Tests.Web.Components.Compose;

public class PhaseDraftTests
{
    public static TheoryData<SchedulePhase> Phases { get; } =
    [
        new ConstantRate(10, 3e-3), new LinearRamp(10, 0, 1.23456789e-3), new CosineDecay(10, 1e-3, 1e-30), new PolynomialDecay(10, 1, 0, 1.5), new StepDecay(10, 1, 0.1, 0.5, 3),
        new PiecewisePoints([new(0, 0), new(5, 1.0 / 3), new(10, 0)]), new ExpressionPhase(10, "peak*(1-t)^1.5", new Dictionary<string, double> { ["peak"] = 1.0 / 7 }),
    ];

    [Theory]
    [MemberData(nameof(Phases))]
    public void Type_TheTextThatStandsThere_MakesTheSamePhase(SchedulePhase phase)
    {
        var draft = new PhaseDraft(phase);

        Assert.All(draft.Fields, field => Assert.Equal(phase, draft.Type(field, draft[field])));
    }

    [Theory]
    [InlineData("", "Give a number of steps.")]
    [InlineData("ten", "whole number; 'ten'")]
    [InlineData("1.5", "whole number")]
    [InlineData("NaN", "whole number")]
    [InlineData("1e300", "whole number")]
    public void Type_StepsThatAreNone_SaysSoBesideTheField(string text, string message)
    {
        var draft = new PhaseDraft(new ConstantRate(10, 1));

        Assert.Null(draft.Type(PhaseField.Steps, text));
        Assert.Contains(message, draft.ProblemOf("steps"), StringComparison.Ordinal);
        Assert.Equal(text, draft[PhaseField.Steps]);
    }

    [Theory]
    [InlineData("", "Give a number.")]
    [InlineData("∞", "such as 0.003")]
    [InlineData("NaN", "such as 0.003")]
    public void Type_ARateThatIsNone_SaysSoBesideTheField(string text, string message)
    {
        var draft = new PhaseDraft(new CosineDecay(10, 1, 0));

        Assert.Null(draft.Type(PhaseField.EndRate, text));
        Assert.Contains(message, draft.ProblemOf("endRate"), StringComparison.Ordinal);
        Assert.NotNull(draft.Type(PhaseField.EndRate, "0.5"));
        Assert.Null(draft.ProblemOf("endRate"));
    }

    [Theory]
    [InlineData("0 1\n5 x")]
    [InlineData("0 1")]
    [InlineData("")]
    public void Type_PointsThatAreNone_SaysSo(string text)
    {
        var draft = new PhaseDraft(new PiecewisePoints([new(0, 0), new(10, 1)]));

        Assert.Null(draft.Type(PhaseField.Points, text));
        Assert.NotNull(draft.ProblemOf("points"));
    }

    [Fact]
    public void Refuse_ProblemsOfParts_StandBesideTheirWholeField()
    {
        var draft = new PhaseDraft(new ExpressionPhase(10, "a", new Dictionary<string, double> { ["a"] = 1 }));

        draft.Refuse([new("phases[3].constants.a", "no"), new("phases[3].formula", "bad"), new("phases", "too long")]);

        Assert.Equal(("no", "bad", "too long"), (draft.ProblemOf("constants"), draft.ProblemOf("formula"), draft.ProblemOf("steps")));
    }
}
