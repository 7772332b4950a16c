using Ntl.Domain.Laboratory;
using Ntl.Web.Components.Lab;

namespace Ntl.Tests.Web.Components.Lab;

public sealed class LabDraftTests
{
    private static readonly LabCard s_card = LabCards.Find("newton-cooling")!;

    [Fact]
    public void Query_WithoutKnobs_IsTheDefaultsAndLeavesTheUrlEmpty()
    {
        var draft = new LabDraft(s_card, _ => null);

        Assert.NotNull(draft.Values);
        Assert.Empty(draft.Changed);
    }

    [Fact]
    public void Query_WithKnobs_IsKeptAsTyped()
    {
        var draft = Draft(("noise", "2"), ("rate", "fast"), ("nonsense", "1"));

        Assert.Equal([("noise", "2"), ("rate", "fast")], draft.Changed.Select(pair => (pair.Key, pair.Value!)).Order());
        Assert.Null(draft.Values);
        Assert.Equal("The learning rate must be a number; 'fast' is not.", draft.ProblemOf(Knob("rate")));
        Assert.Null(draft.ProblemOf(Knob("noise")));
    }

    [Fact]
    public void Changed_DefaultWrittenOtherwise_IsNotAChange()
    {
        var draft = Draft(("noise", "1.00"));

        Assert.Empty(draft.Changed);
    }

    [Fact]
    public void Problem_OfKnobsTogether_StandsBesideOne()
    {
        var draft = Draft(("rate", "3"));

        Assert.Contains("is not below", draft.ProblemOf(Knob("rate")), StringComparison.Ordinal);
        Assert.Empty(draft.CommonProblems);
    }

    [Fact]
    public void Set_ARightValue_TakesTheProblemAway()
    {
        var draft = Draft(("rate", "fast"));

        draft.Set(Knob("rate"), "0.02");

        Assert.Empty(draft.Problems);
        Assert.Equal(0.02, draft.Values!["rate"]);
    }

    [Fact]
    public void Slider_EveryPlaceOfEveryKnob_IsAValueThatTheKnobTakes()
    {
        foreach (var knob in LabCards.All.SelectMany(card => card.Knobs).Where(knob => knob.Scale != KnobScale.Choice))
        {
            for (var place = 0; place <= KnobSlider.Places; place++)
            {
                var value = KnobSlider.ValueAt(knob, place);

                Assert.InRange(value, knob.Min, knob.Max);
                Assert.True(knob.Scale != KnobScale.Integer || double.IsInteger(value), $"{knob.Id} {value}");
            }

            Assert.Equal((0, KnobSlider.Places), (KnobSlider.PlaceOf(knob, knob.Min), KnobSlider.PlaceOf(knob, knob.Max)));
        }
    }

    private static LabDraft Draft(params (string Id, string Text)[] query) =>
        new(s_card, id => query.Where(pair => pair.Id == id).Select(pair => pair.Text).FirstOrDefault());

    private static Knob Knob(string id) => s_card.Knobs.Single(knob => knob.Id == id);
}
