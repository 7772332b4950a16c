using Ntl.Domain.Laboratory;

namespace Ntl.Tests.Domain.Laboratory;

public class KnobValuesTests
{
    [Theory]
    [InlineData("best-anneal", "rate", "2.5", "stab|limit|below 2")]
    [InlineData("newton-cooling", "rate", "0.7", "below 0.5")]
    [InlineData("best-anneal", "curvature", "-1", "from 0.01 to 100")]
    [InlineData("best-anneal", "replicas", "1000000000", "1,000,000,000")]
    [InlineData("best-anneal", "replicas", "12.5", "from 16|whole number")]
    [InlineData("best-anneal", "rate", "fast", "must be a number")]
    [InlineData("best-anneal", "rate", "NaN", "must be a number")]
    [InlineData("equipartition", "optimizer", "Shampoo", "SignSGD")]
    [InlineData("conduction", "coupling", "1.5", "no floor")]
    [InlineData("conduction", "temperature1", "1", "equal temperatures")]
    [InlineData("collapse", "final-rate", "0.02", "lowest peak")]
    [InlineData("best-anneal", "colour", "red", "no knob")]
    public void TryParse_BadValue_SaysSoBesideTheKnob(string id, string knob, string text, string hints)
    {
        var parsed = KnobValues.TryParse(LabCards.Find(id)!, new Dictionary<string, string> { [knob] = text }, out var values, out var problems);

        Assert.False(parsed);
        Assert.Null(values);
        var problem = Assert.Single(problems);
        Assert.Equal(knob == "temperature1" ? "temperature2" : knob, problem.Path);
        Assert.Contains(hints.Split('|'), hint => problem.Message.Contains(hint, StringComparison.Ordinal));
    }

    [Fact]
    public void TryParse_TooMuchWorkTogether_IsAProblem()
    {
        var parsed = KnobValues.TryParse(
            LabCards.Find("best-anneal")!, new Dictionary<string, string> { ["steps"] = "100000", ["replicas"] = "200000" }, out _, out var problems);

        Assert.False(parsed);
        Assert.Equal("replicas", Assert.Single(problems).Path);
    }

    [Fact]
    public void Texts_ReadBack_AreTheSameValues() => Assert.All(LabCards.All, card =>
    {
        var defaults = KnobValues.Defaults(card);

        Assert.True(KnobValues.TryParse(card, defaults.Texts().ToDictionary(), out var read, out _));
        Assert.All(card.Knobs, knob => Assert.Equal(defaults[knob.Id], read[knob.Id]));
    });

    [Fact]
    public void Cards_Texts_AreThereAndIdsAreUnique()
    {
        Assert.Equal(LabCards.All.Count, LabCards.All.Select(card => card.Id).Distinct().Count());
        Assert.All(LabCards.All, card =>
        {
            Assert.All(new[] { card.Title, card.WhatToLookAt, card.Formula, card.Source }, text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.Equal(card.Knobs.Count, card.Knobs.Select(knob => knob.Id).Distinct().Count());
            Assert.All(card.Knobs, knob => Assert.InRange(knob.Default, knob.Min, knob.Max));
        });
    }
}
