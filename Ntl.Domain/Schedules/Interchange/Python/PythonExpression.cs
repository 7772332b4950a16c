using System.Globalization;
using System.Text;

namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>Reads one expression of a logical line. What it cannot follow becomes an unknown value; it never runs anything.</summary>
/// <param name="tokens">The line.</param>
/// <param name="scope">What names stand for, and where calls are noted.</param>
internal sealed class PythonExpression(IReadOnlyList<PythonToken> tokens, PythonScope scope)
{
    private const int Deepest = 60;
    private const int LongestPath = 500;

    // Operators whose value is not worked out: the rest of the expression is passed over.
    private static readonly string[] s_notFollowed = ["<", ">", "==", "!=", "<=", ">=", "|", "&", "^", "<<", ">>", "@", ":="];
    private static readonly string[] s_notFollowedWords = ["if", "or", "and", "not", "in", "is", "for", "async"];
    private static readonly string[] s_prefixWords = ["not", "await", "yield", "lambda"];

    private int _depth;

    /// <summary>The next token's place.</summary>
    public int At { get; set; }

    public bool IsAtEnd => At >= tokens.Count;

    private PythonToken Current => tokens[At];

    private int Line => tokens[Math.Min(At, tokens.Count - 1)].Line;

    /// <summary>An expression, or several with commas between, which make a tuple.</summary>
    public PythonValue ReadAll()
    {
        var items = new List<PythonValue> { Read() };
        var isTuple = false;
        while (TakeSign(","))
        {
            isTuple = true;
            if (!IsAtEnd && !Current.IsSign("="))
            {
                items.Add(Read());
            }
        }

        return isTuple ? new PythonValue.Sequence(items, items[0].Line).Bounded() : items[0];
    }

    public PythonValue Read()
    {
        if (++_depth > Deepest)
        {
            throw new PythonReadException(Line, "The expression is nested too deeply.");
        }

        var line = Line;
        PythonValue value;
        if (!IsAtEnd && Current.Kind == PythonTokenKind.Name && s_prefixWords.Contains(Current.Text, StringComparer.Ordinal))
        {
            value = new PythonValue.Unknown(Current.IsName("lambda") ? "a lambda" : $"'{Current.Text} …'", line);
            if (Current.IsName("lambda"))
            {
                Pass(":");
            }

            Pass();
        }
        else
        {
            value = Sum();
            if (!IsAtEnd && IsNotFollowed())
            {
                value = new PythonValue.Unknown(Current.IsName("for") || Current.IsName("async") ? "a comprehension" : $"an expression with '{Current.Text}'", line);
                Pass();
            }
        }

        _depth--;
        return value;
    }

    private bool IsNotFollowed() => Current.Kind == PythonTokenKind.Name
        ? s_notFollowedWords.Contains(Current.Text, StringComparer.Ordinal)
        : Current.Kind == PythonTokenKind.Sign && s_notFollowed.Contains(Current.Text, StringComparer.Ordinal);

    private PythonValue Sum()
    {
        var value = Product();
        while (!IsAtEnd && Current.Kind == PythonTokenKind.Sign && Current.Text is "+" or "-")
        {
            var sign = tokens[At++].Text;
            value = PythonArithmetic.Apply(sign, value, Product());
        }

        return value;
    }

    private PythonValue Product()
    {
        var value = Signed();
        while (!IsAtEnd && Current.Kind == PythonTokenKind.Sign && Current.Text is "*" or "/" or "//" or "%")
        {
            var sign = tokens[At++].Text;
            value = PythonArithmetic.Apply(sign, value, Signed());
        }

        return value;
    }

    private PythonValue Signed()
    {
        var isNegative = false;
        while (!IsAtEnd && Current.Kind == PythonTokenKind.Sign && Current.Text is "+" or "-")
        {
            isNegative ^= tokens[At++].IsSign("-");
        }

        var value = Power();
        return isNegative ? PythonArithmetic.Negate(value) : value;
    }

    private PythonValue Power()
    {
        var value = Primary();
        if (TakeSign("**"))
        {
            if (++_depth > Deepest)
            {
                throw new PythonReadException(Line, "The expression is nested too deeply.");
            }

            value = PythonArithmetic.Apply("**", value, Signed());
            _depth--;
        }

        return value;
    }

    private PythonValue Primary()
    {
        var path = !IsAtEnd && Current.Kind == PythonTokenKind.Name ? Current.Text : null;
        var value = Atom();
        while (!IsAtEnd)
        {
            var line = Line;
            if (TakeSign("."))
            {
                var name = IsAtEnd || Current.Kind != PythonTokenKind.Name
                    ? throw new PythonReadException(line, "A name must follow the point.")
                    : tokens[At++].Text;
                path = path is null ? null : $"{path}.{name}"; // what was assigned to it later counts
                if (path?.Length > LongestPath)
                {
                    throw new PythonReadException(line, "A name is too long.");
                }

                value = (path is null ? null : scope.Find(path)) ?? PythonScope.Attribute(value, name, line);
            }
            else if (TakeSign("("))
            {
                path = null;
                value = scope.Call(value, Arguments(), line);
            }
            else if (TakeSign("["))
            {
                var key = IsAtEnd || Current.IsSign(":") ? new PythonValue.Unknown("a slice", line) : ReadAll();
                if (!TakeSign("]"))
                {
                    key = new PythonValue.Unknown("a slice", line);
                    Pass("]");
                }

                path = null;
                value = PythonScope.Item(value, key, line);
            }
            else
            {
                return value;
            }
        }

        return value;
    }

    private PythonValue Atom()
    {
        if (IsAtEnd)
        {
            throw new PythonReadException(Line, "Something is missing at the end of this line.");
        }

        var token = tokens[At++];
        return token.Kind switch
        {
            PythonTokenKind.Number => Number(token),
            PythonTokenKind.Text => Text(token),
            PythonTokenKind.FormattedText => Formatted(token),
            PythonTokenKind.Name => token.Text switch
            {
                "True" => new PythonValue.Flag(true, token.Line),
                "False" => new PythonValue.Flag(false, token.Line),
                "None" => new PythonValue.Nothing(token.Line),
                _ => scope.Value(token.Text, token.Line),
            },
            _ => token.Text switch
            {
                "(" => Bracketed(token.Line),
                "[" => new PythonValue.Sequence(Items("]"), token.Line).Bounded(),
                "{" => Table(token.Line),
                "*" or "**" or "..." => new PythonValue.Unknown($"'{token.Text}'", token.Line),
                _ => throw new PythonReadException(token.Line, $"'{token.Text}' is not expected here."),
            },
        };
    }

    private static PythonValue Number(PythonToken token)
    {
        var text = token.Text.Replace("_", "", StringComparison.Ordinal);
        var isWhole = text.All(char.IsAsciiDigit);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? PythonArithmetic.Of(value, isWhole, token.Line)
            : new PythonValue.Unknown($"'{token.Text}', which is not a decimal number", token.Line);
    }

    private PythonValue Text(PythonToken token)
    {
        var value = new StringBuilder(token.Text);
        var isPlain = true;
        while (!IsAtEnd && Current.Kind is PythonTokenKind.Text or PythonTokenKind.FormattedText)
        {
            isPlain &= Current.Kind == PythonTokenKind.Text;
            value.Append(tokens[At++].Text);
        }

        return isPlain ? new PythonValue.Text(value.ToString(), token.Line) : new PythonValue.Unknown("an f-string", token.Line);
    }

    private PythonValue.Unknown Formatted(PythonToken token)
    {
        while (!IsAtEnd && Current.Kind is PythonTokenKind.Text or PythonTokenKind.FormattedText)
        {
            At++;
        }

        return new("an f-string", token.Line);
    }

    private PythonValue Bracketed(int line)
    {
        if (TakeSign(")"))
        {
            return new PythonValue.Sequence([], line);
        }

        var first = Read();
        if (TakeSign(")"))
        {
            return first;
        }

        if (!TakeSign(","))
        {
            Pass(")");
            return new PythonValue.Unknown("a generator", line);
        }

        return new PythonValue.Sequence([first, .. Items(")")], line).Bounded();
    }

    // The items up to a closing bracket, which is taken.
    private List<PythonValue> Items(string close)
    {
        var items = new List<PythonValue>();
        while (!TakeSign(close))
        {
            if (IsAtEnd)
            {
                throw new PythonReadException(Line, $"'{close}' is missing.");
            }

            if (TakeSign("*"))
            {
                items.AddRange(Read() is PythonValue.Sequence nested ? nested.Items : [new PythonValue.Unknown("'*' of what is not a list", Line)]);
            }
            else
            {
                items.Add(Read());
            }

            if (!TakeSign(",") && !IsAtEnd && !Current.IsSign(close))
            {
                items.Add(new PythonValue.Unknown("an expression that is not followed", Line));
                Pass();
                TakeSign(",");
            }
        }

        return items;
    }

    private PythonValue Table(int line)
    {
        var items = new List<(PythonValue, PythonValue)>();
        while (!TakeSign("}"))
        {
            if (IsAtEnd)
            {
                throw new PythonReadException(Line, "'}' is missing.");
            }

            if (TakeSign("**"))
            {
                items.AddRange(Read() is PythonValue.Table nested ? nested.Items : [(new PythonValue.Unknown("'**'", Line), new PythonValue.Unknown("'**'", Line))]);
            }
            else
            {
                var key = Read();
                if (!TakeSign(":"))
                {
                    Pass("}");
                    return new PythonValue.Unknown("a set", line);
                }

                items.Add((key, Read()));
            }

            if (!TakeSign(",") && !IsAtEnd && !Current.IsSign("}"))
            {
                Pass("}");
                return new PythonValue.Unknown("a comprehension", line);
            }
        }

        return new PythonValue.Table(items, line).Bounded();
    }

    private List<(string? Name, PythonValue Value)> Arguments()
    {
        var arguments = new List<(string?, PythonValue)>();
        while (!TakeSign(")"))
        {
            if (IsAtEnd)
            {
                throw new PythonReadException(Line, "')' is missing.");
            }

            if (TakeSign("**"))
            {
                arguments.AddRange(Read() is PythonValue.Table table && table.Items.All(item => item.Key is PythonValue.Text)
                    ? table.Items.Select(item => ((string?)((PythonValue.Text)item.Key).Value, item.Value))
                    : [("**", new PythonValue.Unknown("'**' of what is not a dict in the text", Line))]);
            }
            else if (TakeSign("*"))
            {
                arguments.AddRange(Read() is PythonValue.Sequence list
                    ? list.Items.Select(item => ((string?)null, item))
                    : [("*", new PythonValue.Unknown("'*' of what is not a list in the text", Line))]);
            }
            else if (At + 1 < tokens.Count && Current.Kind == PythonTokenKind.Name && tokens[At + 1].IsSign("="))
            {
                var name = Current.Text;
                At += 2;
                arguments.Add((name, Read()));
            }
            else
            {
                arguments.Add((null, Read()));
            }

            if (!TakeSign(",") && !IsAtEnd && !Current.IsSign(")"))
            {
                throw new PythonReadException(Line, $"'{Current.Text}' is not expected here: is a comma missing?");
            }
        }

        return arguments;
    }

    private bool TakeSign(string sign)
    {
        if (!IsAtEnd && Current.IsSign(sign))
        {
            At++;
            return true;
        }

        return false;
    }

    // Goes on to the end of the expression: a comma, a closing bracket or the line's end outside of brackets; or past a sign.
    private void Pass(string? past = null)
    {
        for (var open = 0; !IsAtEnd; At++)
        {
            if (open == 0 && past is not null && Current.IsSign(past))
            {
                At++;
                return;
            }

            if (Current.Kind != PythonTokenKind.Sign)
            {
                continue;
            }

            if (Current.Text is "(" or "[" or "{")
            {
                open++;
            }
            else if (Current.Text is ")" or "]" or "}")
            {
                if (open == 0)
                {
                    return;
                }

                open--;
            }
            else if (open == 0 && past is null && Current.Text is ",")
            {
                return;
            }
        }
    }
}
