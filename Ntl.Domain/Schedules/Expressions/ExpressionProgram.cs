namespace Ntl.Domain.Schedules.Expressions;

/// <summary>A formula made ready to be worked out: its operations in the order in which a stack takes them, each done for a block of steps at once.</summary>
/// <remarks>
/// A block and a single step give the same bits: each value goes through the same scalar operations. The functions are those of the C library, as in Python's <c>math</c>.
/// </remarks>
internal sealed class ExpressionProgram
{
    /// <summary>Steps worked out at once.</summary>
    public const int BlockLength = 64;

    private readonly (ExpressionOperation Operation, double Value)[] _code;
    private readonly int _height;
    private readonly long _steps;

    /// <summary>Prepares a formula.</summary>
    /// <param name="expression">The formula.</param>
    /// <param name="constants">A number for each of its names.</param>
    /// <param name="steps">n.</param>
    public ExpressionProgram(ScheduleExpression expression, IReadOnlyDictionary<string, double> constants, long steps)
    {
        _steps = steps;
        var code = new List<(ExpressionOperation, double)>();
        _height = Emit(expression.Root, constants, code);
        _code = [.. code];
    }

    /// <summary>The value at one step.</summary>
    public double At(long step)
    {
        Span<double> value = stackalloc double[1];
        Fill(step, value);
        return value[0];
    }

    /// <summary>The values at consecutive steps.</summary>
    /// <param name="firstStep">Of the first value.</param>
    /// <param name="values">At most <see cref="BlockLength"/>, filled whole. −0 comes out as 0.</param>
    public void Fill(long firstStep, Span<double> values)
    {
        var length = values.Length;
        Span<double> stack = stackalloc double[_height * length]; // at most 101 numbers deep, 52 KB
        var top = -1;
        foreach (var (operation, constant) in _code)
        {
            var operands = ExpressionOperands(operation);
            top += 1 - operands;
            var result = stack.Slice(top * length, length);
            if (operands == 0)
            {
                Load(operation, constant, firstStep, result);
            }
            else if (operands == 1)
            {
                Apply(operation, result);
            }
            else
            {
                Apply(operation, result, stack.Slice((top + 1) * length, length));
            }
        }

        for (var i = 0; i < length; i++)
        {
            values[i] = stack[i] + 0.0;
        }
    }

    private static int ExpressionOperands(ExpressionOperation operation) => operation switch
    {
        <= ExpressionOperation.Steps => 0,
        ExpressionOperation.Add or ExpressionOperation.Subtract or ExpressionOperation.Multiply or ExpressionOperation.Divide => 2,
        ExpressionOperation.Power or ExpressionOperation.Minimum or ExpressionOperation.Maximum => 2,
        _ => 1,
    };

    // Appends a node's operations and says how high its stack grows.
    private static int Emit(ExpressionNode node, IReadOnlyDictionary<string, double> constants, List<(ExpressionOperation, double)> code)
    {
        switch (node)
        {
            case NumberNode number:
                code.Add((ExpressionOperation.Constant, number.Value));
                return 1;
            case ConstantNode constant:
                code.Add((ExpressionOperation.Constant, constants[constant.Name]));
                return 1;
            case VariableNode { Variable: ExpressionVariable.Pi }:
                code.Add((ExpressionOperation.Constant, Math.PI));
                return 1;
            case VariableNode variable:
                code.Add((variable.Variable switch
                {
                    ExpressionVariable.Progress => ExpressionOperation.Progress,
                    ExpressionVariable.Step => ExpressionOperation.Step,
                    _ => ExpressionOperation.Steps,
                }, 0));
                return 1;
            case OperationNode { Operation: ExpressionOperation.Clamp, Operands: var clamp }:
                var clampHeight = Emit(clamp[0], constants, code);
                clampHeight = Math.Max(clampHeight, 1 + Emit(clamp[1], constants, code));
                code.Add((ExpressionOperation.Maximum, 0));
                clampHeight = Math.Max(clampHeight, 1 + Emit(clamp[2], constants, code));
                code.Add((ExpressionOperation.Minimum, 0));
                return clampHeight;
            case OperationNode operation:
                var height = 0;
                for (var i = 0; i < operation.Operands.Length; i++)
                {
                    height = Math.Max(height, i + Emit(operation.Operands[i], constants, code));
                }

                code.Add((operation.Operation, 0));
                return height;
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node, "There is no such node.");
        }
    }

    private void Load(ExpressionOperation operation, double constant, long firstStep, Span<double> result)
    {
        switch (operation)
        {
            case ExpressionOperation.Progress:
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = (double)(firstStep + i) / _steps;
                }

                break;
            case ExpressionOperation.Step:
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = firstStep + i;
                }

                break;
            default:
                result.Fill(operation == ExpressionOperation.Steps ? _steps : constant);
                break;
        }
    }

    private static void Apply(ExpressionOperation operation, Span<double> x)
    {
        Func<double, double> function = operation switch
        {
            ExpressionOperation.Negate => static x => -x,
            ExpressionOperation.SquareRoot => Math.Sqrt,
            ExpressionOperation.Exponential => Math.Exp,
            ExpressionOperation.Logarithm => Math.Log,
            ExpressionOperation.Cosine => Math.Cos,
            ExpressionOperation.Sine => Math.Sin,
            ExpressionOperation.Absolute => Math.Abs,
            ExpressionOperation.Floor => Math.Floor,
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It does not take one value."),
        };
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = function(x[i]);
        }
    }

    private static void Apply(ExpressionOperation operation, Span<double> x, ReadOnlySpan<double> y)
    {
        Func<double, double, double> function = operation switch
        {
            ExpressionOperation.Add => static (x, y) => x + y,
            ExpressionOperation.Subtract => static (x, y) => x - y,
            ExpressionOperation.Multiply => static (x, y) => x * y,
            ExpressionOperation.Divide => static (x, y) => x / y,
            ExpressionOperation.Power => Math.Pow,
            ExpressionOperation.Minimum => Math.Min,
            ExpressionOperation.Maximum => Math.Max,
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It does not take two values."),
        };
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = function(x[i], y[i]);
        }
    }
}
