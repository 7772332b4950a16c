using System.Text;

namespace Ntl.Domain.Schedules.Interchange.Export;

/// <summary>The functions of exported Python: each kind of phase, operation for operation as in Ntl, and arithmetic with the meaning of IEEE 754 where Python raises errors instead.</summary>
internal static class PythonFunctions
{
    private const string Clamp = """
        def _clamp(value, low, high):
            return low if value < low else high if value > high else value
        """;

    private const string Formula = """
        # Python raises an error where IEEE 754 has an infinity or NaN.
        def _divide(x, y):
            if y != 0.0:
                return x / y
            return math.nan if x == 0.0 or x != x or y != y else math.copysign(math.inf, x) * math.copysign(1.0, y)


        def _power(x, y):
            try:
                return math.pow(x, y)
            except OverflowError:
                return -math.inf if x < 0.0 and y % 2.0 == 1.0 else math.inf
            except ValueError:
                if x != 0.0:
                    return math.nan
                return math.copysign(math.inf, x) if y % 2.0 == 1.0 else math.inf


        def _exp(x):
            try:
                return math.exp(x)
            except OverflowError:
                return math.inf


        def _log(x):
            return math.log(x) if x > 0.0 else -math.inf if x == 0.0 else math.nan


        def _sqrt(x):
            return math.sqrt(x) if x >= 0.0 else math.nan


        def _cos(x):
            return math.cos(x) if math.isfinite(x) else math.nan


        def _sin(x):
            return math.sin(x) if math.isfinite(x) else math.nan


        def _floor(x):
            return float(math.floor(x)) if math.isfinite(x) and x != 0.0 else x


        def _min(x, y):
            if x != x or y != y:
                return math.nan
            return x if x < y or (x == y and math.copysign(1.0, x) < 0.0) else y


        def _max(x, y):
            if x != x or y != y:
                return math.nan
            return x if x > y or (x == y and math.copysign(1.0, x) > 0.0) else y
        """;

    private const string Constant = """
        def _constant_rate(k, rate):
            return rate
        """;

    private const string Ramp = """
        def _linear_ramp(k, n, start, end):
            return end if k == n - 1 else _clamp(start + (end - start) * (k + 1) / n, start, end)
        """;

    private const string Step = """
        def _step_decay(k, start, floor, factor, every):
            return _clamp(start * math.pow(factor, k // every), floor, start)
        """;

    private const string Points = """
        def _piecewise_points(k, steps, rates):
            i = min(bisect.bisect_right(steps, k) - 1, len(steps) - 2)
            start, end = rates[i], rates[i + 1]
            rate = start + (end - start) * (k - steps[i]) / (steps[i + 1] - steps[i])
            return _clamp(rate, min(start, end), max(start, end))
        """;

    // The rate at a step from 1 on, with start above end.
    private static readonly Dictionary<string, (string Power, string[] Lines)> s_decays = new(StringComparer.Ordinal)
    {
        [LinearDecay.KindName] = ("", ["rate = end + (start - end) * (n - k) / n"]),
        [CosineDecay.KindName] = ("", ["root = math.sin(math.pi * (n - k) / (2.0 * n))", "rate = end + (start - end) * root * root"]),
        [OneMinusSquareRootDecay.KindName] = ("", ["rate = end + (start - end) * ((n - k) / n) / (1 + math.sqrt(k / n))"]),
        [ExponentialDecay.KindName] = ("", ["rate = start * math.exp(math.log(end / start) * k / n)"]),
        [HyperbolicDecay.KindName] = ("", ["rate = start / (1 + (start / end - 1) * k / n)"]),
        [InverseSquareRootDecay.KindName] = ("", ["ratio = start / end", "timescale = n / ((ratio - 1) * (ratio + 1))", "rate = start / math.sqrt(1 + k / timescale)"]),
        [PolynomialDecay.KindName] = (", power", ["rate = end + (start - end) * math.pow((n - k) / n, power)"]),
    };

    /// <summary>A kind's function: <c>_cosine_decay</c>.</summary>
    public static string NameOf(string kind)
    {
        var name = new StringBuilder("_");
        foreach (var letter in kind)
        {
            name.Append(char.IsAsciiLetterUpper(letter) ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    /// <summary>The text of a kind's function, or of what it needs.</summary>
    public static string TextOf(string function) => function switch
    {
        "clamp" => Clamp,
        "formula" => Formula,
        ConstantRate.KindName => Constant,
        LinearRamp.KindName => Ramp,
        StepDecay.KindName => Step,
        PiecewisePoints.KindName => Points,
        _ => Decay(function),
    };

    private static string Decay(string kind)
    {
        var (power, lines) = s_decays[kind];
        return $"""
            def {NameOf(kind)}(k, n, start, end{power}):
                if k == 0 or start == end:
                    return start
                {string.Join("\n    ", lines)}
                return _clamp(rate, end, start)
            """;
    }
}
