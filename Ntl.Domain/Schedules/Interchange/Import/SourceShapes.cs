namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Shapes that several libraries share, as a phase of ours where there is one and as a formula elsewhere.</summary>
internal static class SourceShapes
{
    /// <summary><c>(start − end)·(1 − k/n)^power + end</c>.</summary>
    public static SchedulePhase Power(long steps, double start, double end, double power) => power switch
    {
        _ when start == end => new ConstantRate(steps, start),
        1 when start > end => new LinearDecay(steps, start, end),
        1 => new PiecewisePoints([new(0, start), new(steps, end)]),
        > 0 and <= PolynomialDecay.MaximumPower when start > end => new PolynomialDecay(steps, start, end, power),
        _ => Formula(steps, "(start-stop)*(1-t)^power+stop", ("start", start), ("stop", end), ("power", power)),
    };

    /// <summary><c>end + (start − end)·½(1 + cos(πk/n))</c>, falling or rising.</summary>
    public static SchedulePhase HalfCosine(long steps, double start, double end) =>
        start >= end ? new CosineDecay(steps, start, end) : Formula(steps, "stop+(start-stop)/2*(1+cos(pi*t))", ("start", start), ("stop", end));

    public static ExpressionPhase Formula(long steps, string formula, params (string Name, double Value)[] numbers) =>
        new(steps, formula, numbers.ToDictionary(number => number.Name, number => number.Value, StringComparer.Ordinal));
}
