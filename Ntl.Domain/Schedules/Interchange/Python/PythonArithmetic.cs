namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>Python's arithmetic on known numbers, and the few functions that give a number of numbers.</summary>
internal static class PythonArithmetic
{
    // Beyond it a double skips whole numbers.
    private const double LargestWhole = 1L << 53;

    public static PythonValue Apply(string sign, PythonValue left, PythonValue right)
    {
        if (left is not PythonValue.Number a || right is not PythonValue.Number b)
        {
            return left is PythonValue.Unknown ? left
                : left is PythonValue.Call call ? new PythonValue.Unknown($"a call of {call.Name}", left.Line)
                : right is PythonValue.Unknown ? right
                : new PythonValue.Unknown($"a '{sign}' of values that are not numbers", left.Line);
        }

        if (b.Value == 0 && sign is "/" or "//" or "%" && b.Value == 0)
        {
            return new PythonValue.Unknown("a division by zero", left.Line);
        }

        var areWhole = a.IsWhole && b.IsWhole;
        return sign switch
        {
            "+" => Of(a.Value + b.Value, areWhole, a.Line),
            "-" => Of(a.Value - b.Value, areWhole, a.Line),
            "*" => Of(a.Value * b.Value, areWhole, a.Line),
            "/" => Of(a.Value / b.Value, isWhole: false, a.Line),
            "//" => Of(Math.Floor(a.Value / b.Value), areWhole, a.Line),
            "%" => Of(a.Value - b.Value * Math.Floor(a.Value / b.Value), areWhole, a.Line),
            _ => Of(Math.Pow(a.Value, b.Value), areWhole && b.Value >= 0, a.Line),
        };
    }

    public static PythonValue Negate(PythonValue value) => value switch
    {
        PythonValue.Number number => number with { Value = -number.Value },
        PythonValue.Unknown => value,
        _ => new PythonValue.Unknown("a '-' of what is not a number", value.Line),
    };

    /// <summary>What a function gives; null for one that is not known or whose arguments are not.</summary>
    public static PythonValue? Call(string name, IReadOnlyList<PythonValue> arguments, int line)
    {
        if (name is "len" && arguments is [PythonValue.Sequence sequence])
        {
            return Of(sequence.Items.Count, isWhole: true, line);
        }

        if (arguments.Count == 0 || !arguments.All(argument => argument is PythonValue.Number))
        {
            return null;
        }

        var numbers = arguments.Cast<PythonValue.Number>().ToList();
        var (first, areWhole) = (numbers[0].Value, numbers.TrueForAll(number => number.IsWhole));
        return (name, numbers.Count) switch
        {
            ("int", 1) => Of(Math.Truncate(first), isWhole: true, line),
            ("float", 1) => Of(first, isWhole: false, line),
            ("round", 1) => Of(Math.Round(first, MidpointRounding.ToEven), isWhole: true, line),
            ("abs", 1) => Of(Math.Abs(first), areWhole, line),
            ("math.ceil" or "ceil" or "np.ceil", 1) => Of(Math.Ceiling(first), isWhole: true, line),
            ("math.floor" or "floor" or "np.floor", 1) => Of(Math.Floor(first), isWhole: true, line),
            ("math.sqrt" or "sqrt" or "np.sqrt", 1) => Of(Math.Sqrt(first), isWhole: false, line),
            ("max", > 1) => numbers.MaxBy(number => number.Value)! with { Line = line },
            ("min", > 1) => numbers.MinBy(number => number.Value)! with { Line = line },
            _ => null,
        };
    }

    public static PythonValue Of(double value, bool isWhole, int line) =>
        !double.IsFinite(value) ? new PythonValue.Unknown("a number that is too large or none", line)
        : isWhole && Math.Abs(value) > LargestWhole ? new PythonValue.Unknown("a whole number above 2⁵³", line)
        : new PythonValue.Number(value, isWhole, line);
}
