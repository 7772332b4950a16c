using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Tests.Domain.Thermodynamics;

/// <summary>Physical quantities drawn at random, evenly in their logarithm, and random numbers for simulations.</summary>
internal static class Draw
{
    public static Gen<double> Between(double low, double high) =>
        Gen.Choose(0, 1_000_000).Select(n => low * Math.Pow(high / low, n / 1e6));

    public static Gen<ValleyMode> Mode { get; } =
        from curvature in Between(0.01, 100)
        from noise in Between(0.01, 100)
        select new ValleyMode(curvature, noise);

    public static Gen<UpdateRule> Rule { get; } =
        from kind in Gen.Choose(0, 6)
        from beta in Gen.Choose(0, 95).Select(n => n / 100.0)
        select kind switch
        {
            0 => UpdateRule.Sgd,
            1 => UpdateRule.HeavyBall(beta),
            2 => UpdateRule.EmaMomentum(beta),
            3 => UpdateRule.RmsProp(),
            4 => UpdateRule.Adam(beta),
            5 => UpdateRule.Lion(beta, 0.9),
            _ => UpdateRule.SignSgd,
        };

    /// <summary>A rate at which a direction loses the given share of its heat in a step.</summary>
    public static double RateFor(double share, UpdateRule rule, ValleyMode mode) => share / rule.CoolingRate(mode);

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.Equal(expected, actual, tolerance * Math.Abs(expected));
}
