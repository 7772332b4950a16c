using Ntl.Domain.Leaderboard;

namespace Ntl.Tests.Domain.Leaderboard;

/// <summary>Simulated labs in which nobody is better: how often does a board say otherwise?</summary>
public class BoardErrorRateTests
{
    // The noise here is 1 nat wide, which later rules call broken down; the statistics are the same.
    private static readonly RuleBook s_rules = RuleBook.Of("1");

    [Theory]
    [InlineData("normal", 1)]
    [InlineData("normal", 4)]
    [InlineData("skewed", 1)]
    [InlineData("outlying", 1)]
    public void TwoEqualEntriesOfFiveSeeds_AreSeparatedInFivePercentAtMost(string noise, double spread) => Assert.InRange(FalseBoards(2, noise, spread, 2000), 0.0005, 0.05);

    [Theory]
    [InlineData("normal", 1)]
    [InlineData("normal", 4)]
    [InlineData("skewed", 1)]
    public void TenEqualEntries_AnyIsSeparatedInFivePercentAtMost(string noise, double spread) => Assert.InRange(FalseBoards(10, noise, spread, 2000), 0, 0.05);

    internal static double FalseBoards(int entries, string noise, double spread, int boards)
    {
        SimulatedSeeds lab = new(71);
        return Enumerable.Range(0, boards).Count(_ => Board.Of(s_rules, [.. Enumerable.Range(0, entries).Select(Entry)]).SeparatedPairs > 0) / (double)boards;

        EntryResults Entry(int i)
        {
            var deviation = i % 2 == 0 ? 1 : spread;
            return lab.Entry($"e{i}", SimulatedSeeds.Draws(5, () => 3 + (deviation * noise switch { "skewed" => lab.Skewed(), "outlying" => lab.Outlying(), _ => lab.Normal() })));
        }
    }
}
