using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Schedules;

/// <summary>Schedules drawn at random, of every kind of phase, short enough to be summed step by step.</summary>
internal static class Arbitrary
{
    private static readonly Gen<long> s_steps = Gen.Frequency(
        (1, Gen.Elements(1L, 2, 3)), (4, Gen.Choose(1, 300).Select(steps => (long)steps)));

    private static readonly Gen<double> s_rate =
        from digits in Gen.Choose(1, 999)
        from exponent in Gen.Choose(-9, 2)
        select digits * Math.Pow(10, exponent);

    private static readonly Gen<double> s_share = Gen.Frequency(
        (1, Gen.Constant(1.0)), (4, Gen.Choose(1, 999).Select(n => n / 1000.0)), (1, Gen.Choose(1, 12).Select(n => Math.Pow(10, -n))));

    // Every function and operator; never negative.
    private static readonly string[] s_formulas =
    [
        "a*(1-t)^b", "c+(a-c)*(1+cos(pi*t))/2", "max(0,a*sin(7*t))", "clamp(a*k/n,c,a)", "a*min(1,1/sqrt(k))", "abs(a*cos(k))", "a*exp(-3*t)+floor(4*t)*c", "a",
        "-(c-a)*pow(2,-b*t)", "a*log(2+k)/log(2+n)", "a*max(t,1-t,0.3)",
    ];

    private static readonly Gen<SchedulePhase> s_phase =
        from kind in Gen.Choose(0, 11)
        from steps in s_steps
        from start in s_rate
        from share in s_share
        from floorIsZero in Gen.Elements(true, false)
        from every in Gen.Choose(1, 100)
        from tenths in Gen.Choose(1, 100)
        from formula in Gen.Elements(s_formulas)
        from rates in Gen.OneOf(s_rate, Gen.Constant(0.0)).ArrayOf(5)
        let end = start * share
        let floor = floorIsZero ? 0 : end
        select (SchedulePhase)(kind switch
        {
            0 => new ConstantRate(steps, floor),
            1 => new LinearRamp(steps, floor, start),
            2 => new LinearDecay(steps, start, floor),
            3 => new CosineDecay(steps, start, floor),
            4 => new OneMinusSquareRootDecay(steps, start, floor),
            5 => new ExponentialDecay(steps, start, end),
            6 => new HyperbolicDecay(steps, start, end),
            7 => new InverseSquareRootDecay(steps, start, end),
            8 => new PolynomialDecay(steps, start, floor, tenths / 10.0),
            9 => new StepDecay(steps, start, floor, share, every),
            10 => new ExpressionPhase(steps, formula, new Dictionary<string, double> { ["a"] = start, ["b"] = tenths / 10.0, ["c"] = floor }),
            _ => new PiecewisePoints([.. rates.Select((rate, i) => new RatePoint(i == 4 ? 3 * every + steps : i * every, rate))]),
        });

    public static Arbitrary<SchedulePhase> Phases { get; } = s_phase.ToArbitrary();

    public static Arbitrary<ScheduleSpec> Schedules { get; } =
        Gen.Choose(1, 8).SelectMany(count => s_phase.ListOf(count)).Select(phases => new ScheduleSpec(phases)).ToArbitrary();

    public static Arbitrary<ScheduleSpec> OnePhase { get; } = s_phase.Select(phase => new ScheduleSpec(phase)).ToArbitrary();
}
