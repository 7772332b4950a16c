using Ntl.Domain.Leaderboard;

namespace Ntl.Tests.Domain.Leaderboard;

public class RuleBookTests
{
    // Version 1 is a promise: rows were ranked by it. A change of a number is a new version.
    [Fact]
    public void Of_TheFirst_IsAsItWasPromised()
    {
        var rules = RuleBook.Of("1");

        Assert.Equal((0.05, 0.95, 5, 5, 8, 0.8, 2), (rules.Level, rules.Confidence, rules.MinimumSeeds, rules.BatchSize, rules.MaximumLooks, rules.Power, rules.ReproductionMargin));
        Assert.Equal(14, rules.Sentences.Length);
        Assert.Null(rules.Explosion);
        Assert.Null(rules.SeedGap);
    }

    [Fact]
    public void Of_TheSecond_AddsWhatCountsAsExploded()
    {
        var (first, rules) = (RuleBook.Of("1"), RuleBook.Of("2"));

        Assert.Equal((first.Level, first.BatchSize, first.MaximumLooks), (rules.Level, rules.BatchSize, rules.MaximumLooks));
        Assert.Equal((0.5, 2.0), (rules.Explosion!.AboveUniform, rules.Explosion.AboveLowest));
        Assert.Equal(0.5, rules.SeedGap);
        Assert.Single(rules.Sentences.Except(first.Sentences));
        Assert.Same(rules, RuleBook.Current);
        Assert.Equal([first, rules], RuleBook.All);
    }

    [Fact]
    public void Of_AnUnknownVersion_NamesThoseThatThereAre() =>
        Assert.Contains("there are: 1, 2", Assert.Throws<ArgumentException>(() => RuleBook.Of("0")).Message, StringComparison.Ordinal);
}
