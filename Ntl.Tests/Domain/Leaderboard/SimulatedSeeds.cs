using Ntl.Domain.Leaderboard;

namespace Ntl.Tests.Domain.Leaderboard;

/// <summary>Draws of a simulated lab: losses of schedules whose truth is known.</summary>
internal sealed class SimulatedSeeds(int seed)
{
    private readonly Random _random = new(seed);
    private long _next;

    public double Uniform() => _random.NextDouble();

    /// <summary>Standard normal; Box and Muller 1958.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>Exponential less 1: mean 0, standard deviation 1, skewness 2.</summary>
    public double Skewed() => -Math.Log(1 - _random.NextDouble()) - 1;

    /// <summary>One in ten seeds ends three standard deviations higher: mean 0, standard deviation 1.35.</summary>
    public double Outlying() => Normal() + (_random.NextDouble() < 0.1 ? 2.7 : -0.3);

    public static double[] Draws(int count, Func<double> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    public double[] Normals(int count, double mean = 0, double deviation = 1) => Draws(count, () => mean + (deviation * Normal()));

    /// <summary>Finished seeds of losses, in batches of five from 1, with run ids of their own.</summary>
    public SeedResult[] Finished(params IEnumerable<double> losses) =>
        [.. losses.Select((loss, i) => new SeedResult($"run {_next}", _next++, (i / 5) + 1, SeedOutcome.Finished, loss))];

    public EntryResults Entry(string id, params IEnumerable<double> losses) => new(id, Finished(losses));

    /// <summary>An entry of so many batches of normal losses.</summary>
    public EntryResults Entry(string id, double mean, int batches, double deviation = 1) => Entry(id, Normals(batches * 5, mean, deviation));
}
