using System.Text;

namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>Takes Python text apart into logical lines of tokens. Comments are left out; nothing is run.</summary>
internal sealed class PythonLexer(string text)
{
    private const int MostTokens = 50_000;
    private const int MostOpen = 100;
    private const int TabWidth = 8;

    private static readonly string[] s_signs =
        ["**=", "//=", "<<=", ">>=", "...", "**", "//", "->", ":=", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=", "<<", ">>"];

    private readonly List<PythonLine> _lines = [];
    private readonly Stack<(char Sign, int Line)> _open = new();
    private List<PythonToken> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _indent;
    private int _count;

    /// <summary>The logical lines.</summary>
    /// <exception cref="PythonReadException">A string or bracket is not closed, a sign is none of Python's, or the text is too long.</exception>
    public IReadOnlyList<PythonLine> Lines()
    {
        _indent = Indent();
        while (_at < text.Length)
        {
            Next();
        }

        if (_open.TryPeek(out var open))
        {
            throw new PythonReadException(open.Line, $"The bracket '{open.Sign}' is not closed: is the end of the text missing?");
        }

        EndLine();
        return _lines;
    }

    private void Next()
    {
        var sign = text[_at];
        if (sign == '\n')
        {
            _at++;
            _line++;
            if (_open.Count == 0)
            {
                EndLine();
                _indent = Indent();
            }
        }
        else if (sign == '\\' && _at + 1 < text.Length && text[_at + 1] == '\n')
        {
            _at += 2;
            _line++;
        }
        else if (char.IsWhiteSpace(sign) || sign == '\ufeff')
        {
            _at++;
        }
        else if (sign == '#')
        {
            while (_at < text.Length && text[_at] != '\n')
            {
                _at++;
            }
        }
        else if (sign == ';' && _open.Count == 0)
        {
            _at++;
            EndLine();
        }
        else if (StringStart() is { } prefix)
        {
            ReadString(prefix);
        }
        else if (char.IsAsciiDigit(sign) || (sign == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            ReadNumber();
        }
        else if (IsNamePart(sign))
        {
            ReadName();
        }
        else
        {
            ReadSign();
        }
    }

    private void ReadName()
    {
        var start = _at;
        while (_at < text.Length && IsNamePart(text[_at]))
        {
            _at++;
        }

        Add(PythonTokenKind.Name, text[start.._at]);
    }

    // Digits, points and underscores, and a sign after e.
    private void ReadNumber()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '.' or '_' || (text[_at] is '+' or '-' && text[_at - 1] is 'e' or 'E')))
        {
            _at++;
        }

        Add(PythonTokenKind.Number, text[start.._at]);
    }

    // The letters before a quote; null where no string begins.
    private string? StringStart()
    {
        const int LongestPrefix = 2;
        var end = _at;
        while (end < text.Length && end - _at < LongestPrefix && "rRbBuUfFtT".Contains(text[end], StringComparison.Ordinal))
        {
            end++;
        }

        return end < text.Length && text[end] is '"' or '\'' ? text[_at..end] : null;
    }

    private void ReadString(string prefix)
    {
        var (line, start) = (_line, _at + prefix.Length);
        var quote = text[start];
        var isTriple = start + 2 < text.Length && text[start + 1] == quote && text[start + 2] == quote;
        var isRaw = prefix.Contains('r', StringComparison.OrdinalIgnoreCase);
        var value = new StringBuilder();
        _at = start + (isTriple ? 3 : 1);
        while (true)
        {
            if (_at >= text.Length || (text[_at] == '\n' && !isTriple))
            {
                throw new PythonReadException(line, "A string is not closed.");
            }

            if (text[_at] == quote && (!isTriple || (_at + 2 < text.Length && text[_at + 1] == quote && text[_at + 2] == quote)))
            {
                break;
            }

            _line += text[_at] == '\n' ? 1 : 0;
            if (text[_at] == '\\' && !isRaw && _at + 1 < text.Length)
            {
                _at++;
                _line += text[_at] == '\n' ? 1 : 0;
            }

            value.Append(text[_at++]);
        }

        _at += isTriple ? 3 : 1;
        var isPlain = !prefix.Any(sign => sign is 'f' or 'F' or 't' or 'T' or 'b' or 'B');
        Add(isPlain ? PythonTokenKind.Text : PythonTokenKind.FormattedText, value.ToString(), line);
    }

    private void ReadSign()
    {
        var sign = Array.Find(s_signs, each => string.CompareOrdinal(text, _at, each, 0, each.Length) == 0) ?? text[_at].ToString();
        if (sign is "(" or "[" or "{")
        {
            _open.Push((sign[0], _line));
            if (_open.Count > MostOpen)
            {
                throw new PythonReadException(_line, $"More than {MostOpen} brackets are open.");
            }
        }
        else if (sign is ")" or "]" or "}" && !_open.TryPop(out _))
        {
            throw new PythonReadException(_line, $"The bracket '{sign}' closes none.");
        }
        else if (sign is "$" or "?" or "`" or "!")
        {
            throw new PythonReadException(_line, $"'{sign}' has no meaning in Python.");
        }

        Add(PythonTokenKind.Sign, sign);
        _at += sign.Length;
    }

    private void Add(PythonTokenKind kind, string value, int? line = null)
    {
        if (++_count > MostTokens)
        {
            throw new PythonReadException(_line, "The text is too long: paste only the lines that make the scheduler.");
        }

        _tokens.Add(new(kind, value, line ?? _line));
    }

    private void EndLine()
    {
        if (_tokens.Count > 0)
        {
            _lines.Add(new(_indent, _tokens));
            _tokens = [];
        }
    }

    private int Indent()
    {
        var indent = 0;
        for (var i = _at; i < text.Length && text[i] is ' ' or '\t'; i++)
        {
            indent += text[i] == '\t' ? TabWidth : 1;
        }

        return indent;
    }

    private static bool IsNamePart(char sign) => char.IsLetterOrDigit(sign) || sign == '_';
}
