using System.Globalization;
using System.Text;
using Ntl.Domain.Schedules.Expressions;

namespace Ntl.Domain.Schedules.Interchange.Export;

/// <summary>A C# file without dependencies: a static class with <c>LearningRate(long step)</c>.</summary>
internal static class CSharpFile
{
    private static readonly ExpressionCode s_code = new(
        new Dictionary<ExpressionOperation, string>
        {
            [ExpressionOperation.Power] = "Math.Pow",
            [ExpressionOperation.SquareRoot] = "Math.Sqrt",
            [ExpressionOperation.Exponential] = "Math.Exp",
            [ExpressionOperation.Logarithm] = "Math.Log",
            [ExpressionOperation.Cosine] = "Math.Cos",
            [ExpressionOperation.Sine] = "Math.Sin",
            [ExpressionOperation.Absolute] = "Math.Abs",
            [ExpressionOperation.Floor] = "Math.Floor",
            [ExpressionOperation.Minimum] = "Math.Min",
            [ExpressionOperation.Maximum] = "Math.Max",
        },
        "Math.PI");

    private static readonly Dictionary<string, string> s_decays = new(StringComparer.Ordinal)
    {
        [LinearDecay.KindName] = "end + (start - end) * (n - k) / n",
        [CosineDecay.KindName] = "end + (start - end) * Math.Sin(Math.PI * (n - k) / (2.0 * n)) * Math.Sin(Math.PI * (n - k) / (2.0 * n))",
        [OneMinusSquareRootDecay.KindName] = "end + (start - end) * ((double)(n - k) / n) / (1 + Math.Sqrt((double)k / n))",
        [ExponentialDecay.KindName] = "start * Math.Exp(Math.Log(end / start) * k / n)",
        [HyperbolicDecay.KindName] = "start / (1 + (start / end - 1) * k / n)",
        [InverseSquareRootDecay.KindName] = "start / Math.Sqrt(1 + k / (n / ((start / end - 1) * (start / end + 1))))",
        [PolynomialDecay.KindName] = "end + (start - end) * Math.Pow((double)(n - k) / n, power)",
    };

    public static string Write(ScheduleSpec schedule)
    {
        var functions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var arms = string.Concat(schedule.Phases.Select(span => $"            {Pattern(span, schedule)} => {Call(span, functions)},\n"));
        return $$"""
            // {{schedule.Description}}
            //
            // A learning-rate schedule exported from Ntl; its hash is
            // {{schedule.Hash}}.
            //
            // Steps count from 0: LearningRate(s) is the rate of update s, for s below TotalSteps; beyond the end the last rate stays.
            // Rates equal Ntl's to the last bit where both use one C math library.

            using System;

            namespace NtlSchedules
            {
                public static class Schedule_{{schedule.Hash.Short}}
                {
                    public const long TotalSteps = {{CodeNumber.Of(schedule.TotalSteps)}};

                    /// <summary>The learning rate of an update; steps count from 0.</summary>
                    public static double LearningRate(long step)
                    {
                        if (step < 0)
                        {
                            throw new ArgumentOutOfRangeException(nameof(step), step, "A step must not be negative.");
                        }

                        return RateAt(Math.Min(step, TotalSteps - 1));
                    }

                    private static double RateAt(long step) => step switch
                    {
            {{arms}}        };
            {{string.Concat(functions.Values.Select(function => "\n" + function.TrimEnd() + "\n"))}}    }
            }

            """.ReplaceLineEndings("\n");
    }

    private static string Pattern(PhaseSpan span, ScheduleSpec schedule) => span.EndStep == schedule.TotalSteps ? "_" : $"< {CodeNumber.Of(span.EndStep)}";

    private static string Call(PhaseSpan span, SortedDictionary<string, string> functions)
    {
        var step = span.FirstStep == 0 ? "step" : $"step - {CodeNumber.Of(span.FirstStep)}";
        switch (PhaseCall.Whole(span.Phase))
        {
            case ExpressionPhase { Expression: { } expression } formula:
                var name = FormattableString.Invariant($"Formula{span.Index}");
                functions[name] = Formula(name, formula, expression);
                return $"{name}({step})";
            case PiecewisePoints points:
                functions[PiecewisePoints.KindName] = Points;
                var table = FormattableString.Invariant($"Points{span.Index}");
                functions[table] = $"        private static readonly (long Step, double Rate)[] {table} = {{ {string.Join(", ", points.Points.Select(point => $"({CodeNumber.Of(point.Step)}, {CodeNumber.Of(point.Rate)})"))} }};";
                return $"PiecewisePoints({step}, {table})";
            case ConstantRate constant:
                return CodeNumber.Of(constant.Rate);
            case var phase:
                var call = PhaseCall.Of(phase);
                functions[call.Kind] = phase switch
                {
                    LinearRamp => Ramp,
                    StepDecay => Step,
                    _ => Decay(call.Kind),
                };
                return $"{NameOf(call.Kind)}({string.Join(", ", call.Arguments.Prepend(step))})";
        }
    }

    private static string NameOf(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];

    private static string Formula(string name, ExpressionPhase phase, ScheduleExpression expression)
    {
        var body = new StringBuilder();
        foreach (var (constant, value) in phase.Constants)
        {
            body.Append(CultureInfo.InvariantCulture, $"            const double {ExpressionCode.NameOf(constant)} = {CodeNumber.Of(value)};\n");
        }

        return $$"""
                    // {{phase.Formula}}
                    private static double {{name}}(double k)
                    {
                        const double n = {{CodeNumber.Of((double)phase.Steps)}};
                        var t = k / n;
            {{body}}            return ({{s_code.Of(expression.Root)}}) + 0.0;
                    }
            """;
    }

    private static string Decay(string kind) => $$"""
                private static double {{NameOf(kind)}}(long k, long n, double start, double end{{(kind is PolynomialDecay.KindName ? ", double power" : "")}}) =>
                    k == 0 || start == end ? start : Math.Clamp({{s_decays[kind]}}, end, start);
        """;

    private const string Ramp = """
                private static double LinearRamp(long k, long n, double start, double end) =>
                    k == n - 1 ? end : Math.Clamp(start + (end - start) * (k + 1) / n, start, end);
        """;

    private const string Step = """
                private static double StepDecay(long k, double start, double floor, double factor, long every) =>
                    Math.Clamp(start * Math.Pow(factor, k / every), floor, start);
        """;

    private const string Points = """
                private static double PiecewisePoints(long k, (long Step, double Rate)[] points)
                {
                    var (low, high) = (0, points.Length - 2);
                    while (low < high)
                    {
                        var middle = (low + high + 1) / 2;
                        (low, high) = points[middle].Step <= k ? (middle, high) : (low, middle - 1);
                    }

                    var (from, to) = (points[low], points[low + 1]);
                    var rate = from.Rate + (to.Rate - from.Rate) * (k - from.Step) / (to.Step - from.Step);
                    return Math.Clamp(rate, Math.Min(from.Rate, to.Rate), Math.Max(from.Rate, to.Rate));
                }
        """;
}
