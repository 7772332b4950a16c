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
        Assert.Same(rules, RuleBook.Current);
        Assert.Equal([rules], RuleBook.All);
    }

    [Fact]
    public void Of_AnUnknownVersion_NamesThoseThatThereAre() =>
        Assert.Contains("there are: 1", Assert.Throws<ArgumentException>(() => RuleBook.Of("0")).Message, StringComparison.Ordinal);
}
