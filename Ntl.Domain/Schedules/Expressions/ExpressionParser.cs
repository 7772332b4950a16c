using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ntl.Domain.Schedules.Expressions;

/// <summary>Reads a formula by recursive descent.</summary>
/// <remarks>
/// <para>sum = product {(+|−) product}; product = signed {(*|/) signed}; signed = [+|−] signed | power; power = atom [^ signed];
/// atom = number | name | name(sum, …) | (sum). A power binds before a sign on its left, and to the right: <c>-2^3^2</c> is −(2^(3²)). <c>**</c> is read as <c>^</c>.</para>
/// <para>Length, depth and operations are limited, so no text can exhaust the stack or the machine.</para>
/// </remarks>
internal sealed class ExpressionParser
{
    private const int MaximumDepth = 50;

    private readonly string _text;
    private int _at;
    private int _depth;
    private int _operations;
    private ExpressionProblem? _problem;

    private ExpressionParser(string text) => _text = text;

    public static (ExpressionNode? Root, ExpressionProblem? Problem, int Operations) Parse(string text)
    {
        if (text.Length > ScheduleExpression.MaximumCharacters)
        {
            return (null, new(ScheduleExpression.MaximumCharacters + 1, $"A formula has at most {ScheduleExpression.MaximumCharacters} characters; this one has {text.Length}."), 0);
        }

        var parser = new ExpressionParser(text);
        var root = parser.Sum();
        if (parser.Next is { } left)
        {
            parser.Fail(left == ')' ? "this parenthesis closes nothing" : $"{Show(text, parser._at)} cannot follow what stands before it");
        }

        return parser._problem is { } problem ? (null, problem, 0) : (root, null, parser._operations);
    }

    // The next character that is no white space; null at the end, and everywhere once something was wrong, so that all loops end.
    private char? Next
    {
        get
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }

            return _at < _text.Length && _problem is null ? _text[_at] : null;
        }
    }

    private ExpressionNode Sum()
    {
        var sum = Product();
        while (Next is '+' or '-')
        {
            sum = Operation(_text[_at++] == '+' ? ExpressionOperation.Add : ExpressionOperation.Subtract, sum, Product());
        }

        return sum;
    }

    private ExpressionNode Product()
    {
        var product = Signed();
        while (Next is '/' || (Next is '*' && !IsPowerSign()))
        {
            product = Operation(_text[_at++] == '*' ? ExpressionOperation.Multiply : ExpressionOperation.Divide, product, Signed());
        }

        return product;
    }

    private ExpressionNode Signed()
    {
        if (Next is not ('+' or '-'))
        {
            return Power();
        }

        var isMinus = _text[_at++] == '-';
        return Deeper(() => isMinus ? Operation(ExpressionOperation.Negate, Signed()) : Signed());
    }

    private ExpressionNode Power()
    {
        var root = Atom();
        if (Next is '^' || (Next is '*' && IsPowerSign()))
        {
            _at += _text[_at] == '^' ? 1 : 2;
            return Deeper(() => Operation(ExpressionOperation.Power, root, Signed()));
        }

        return root;
    }

    private ExpressionNode Atom()
    {
        switch (Next)
        {
            case null:
                return Fail("something is missing at the end");
            case '(':
                var opened = _at++;
                var inner = Deeper(Sum);
                return Close(opened) ? inner : s_nothing;
            case '.' or (>= '0' and <= '9'):
                return Number();
            case { } start when ExpressionVocabulary.IsNameStart(start):
                return Name();
            default:
                return Fail($"{Show(_text, _at)} has no meaning here: a number, a name or a parenthesis belongs here");
        }
    }

    private NumberNode Number()
    {
        var start = _at;
        Digits();
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            Digits();
        }

        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            var sign = _at + 1 < _text.Length && _text[_at + 1] is '+' or '-' ? 1 : 0;
            if (_at + 1 + sign < _text.Length && char.IsAsciiDigit(_text[_at + 1 + sign]))
            {
                _at += 1 + sign;
                Digits();
            }
        }

        var text = _text[start.._at];
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value))
        {
            _at = start;
            return Fail($"'{text}' is no number");
        }

        if (double.IsInfinity(value) || (value == 0 && text.TakeWhile(character => character is not ('e' or 'E')).Any(character => character is >= '1' and <= '9')))
        {
            _at = start;
            return Fail(value == 0 ? $"the number {text} is too small for a double" : $"the number {text} is too large for a double");
        }

        return new NumberNode(value);
    }

    private void Digits()
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }
    }

    private ExpressionNode Name()
    {
        var start = _at;
        while (_at < _text.Length && ExpressionVocabulary.IsNamePart(_text[_at]))
        {
            _at++;
        }

        var name = _text[start.._at];
        if (Next is '(')
        {
            return Call(name, start);
        }

        if (ExpressionVocabulary.Functions.TryGetValue(name, out var function))
        {
            _at = start;
            return Fail($"the function {name} needs {Operands(function.Operands)} in parentheses");
        }

        return ExpressionVocabulary.Variables.TryGetValue(name, out var variable) ? new VariableNode(variable) : new ConstantNode(name, start + 1);
    }

    private ExpressionNode Call(string name, int start)
    {
        if (!ExpressionVocabulary.Functions.TryGetValue(name, out var function))
        {
            _at = start;
            return Fail($"there is no function '{Short(name)}'; there are {string.Join(", ", ExpressionVocabulary.Functions.Keys.Order(StringComparer.Ordinal))}");
        }

        var opened = _at++;
        var operands = ImmutableArray.CreateBuilder<ExpressionNode>();
        operands.Add(Deeper(Sum));
        while (Next is ',')
        {
            _at++;
            operands.Add(Deeper(Sum));
        }

        if (!Close(opened))
        {
            return s_nothing;
        }

        if (operands.Count != function.Operands && !(operands.Count > function.Operands && function.Operation is ExpressionOperation.Minimum or ExpressionOperation.Maximum))
        {
            _at = start;
            return Fail($"the function {name} takes {Operands(function.Operands)}, not {operands.Count}");
        }

        // Of more than two the smallest is the smaller of the third and the smaller of the first two.
        return function.Operation is ExpressionOperation.Minimum or ExpressionOperation.Maximum
            ? operands.Skip(1).Aggregate(operands[0], (least, operand) => Operation(function.Operation, least, operand))
            : Operation(function.Operation, [.. operands]);
    }

    private bool Close(int opened)
    {
        if (Next is ')')
        {
            _at++;
            return true;
        }

        if (Next is null)
        {
            Fail($"the parenthesis opened at character {opened + 1} is not closed");
        }
        else
        {
            Fail($"{Show(_text, _at)} cannot follow what stands before it; an operator or a closing parenthesis can");
        }

        return false;
    }

    private bool IsPowerSign() => _at + 1 < _text.Length && _text[_at + 1] == '*';

    private OperationNode Operation(ExpressionOperation operation, params ImmutableArray<ExpressionNode> operands)
    {
        if (++_operations > ScheduleExpression.MaximumOperations)
        {
            Fail($"a formula has at most {ScheduleExpression.MaximumOperations} operations, and here is one more");
        }

        return new(operation, operands);
    }

    private ExpressionNode Deeper(Func<ExpressionNode> read)
    {
        if (++_depth > MaximumDepth)
        {
            return Fail($"a formula is nested at most {MaximumDepth} deep, and this goes deeper");
        }

        var node = read();
        _depth--;
        return node;
    }

    // The first thing wrong is told; what follows from it is not.
    private NumberNode Fail(string what)
    {
        _problem ??= new(_at + 1, $"At character {_at + 1}: {what}.");
        return s_nothing;
    }

    private static readonly NumberNode s_nothing = new(0);

    private static string Operands(int count) => count == 1 ? "1 value" : $"{count} values";

    private static string Short(string name) => name.Length <= 30 ? name : name[..30] + "…";

    // The character at a place as a person names it: a sign outside ASCII is told with its code, since look-alikes abound.
    private static string Show(string text, int at)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune))
        {
            return "half of a character";
        }

        if (rune.IsAscii)
        {
            return Rune.IsControl(rune) ? $"the control character U+{rune.Value:X4}" : $"'{rune}'";
        }

        var hint = rune.Value switch
        {
            0x2212 or 0x2013 => "; write '-'",
            0xD7 or 0xB7 or 0x22C5 => "; write '*'",
            0xF7 => "; write '/'",
            0x3C0 => "; write 'pi'",
            0xB2 => "; write '^2'",
            0x221A => "; write 'sqrt(…)'",
            _ => "",
        };
        return $"'{rune}' (U+{rune.Value:X4}{hint})";
    }
}
