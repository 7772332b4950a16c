namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>Reads the assignments and calls of a Python text, as far as they are constants. Nothing is run: loops, conditions and functions are passed over.</summary>
internal sealed class PythonText
{
    private static readonly string[] s_openers = ["if", "elif", "else", "for", "while", "try", "except", "finally", "match", "case"];
    private static readonly string[] s_passed = ["class", "with", "async", "del", "global", "nonlocal", "pass", "break", "continue", "raise", "assert", "@"];

    private readonly PythonScope _scope = new();

    // Indents of the conditional blocks that are open, with the line of each.
    private readonly Stack<(int Indent, string Word, int Line)> _blocks = new();

    // Functions that are open, with what their parameters' names stood for before.
    private readonly Stack<(int Indent, Dictionary<string, PythonValue?> Before)> _functions = new();

    private PythonText()
    {
    }

    /// <summary>What a text says.</summary>
    /// <exception cref="PythonReadException">The text is not whole, or too deep or long.</exception>
    public static PythonScope Read(string text)
    {
        var reader = new PythonText();
        foreach (var line in new PythonLexer(text.ReplaceLineEndings("\n")).Lines())
        {
            reader.Read(line);
        }

        return reader._scope;
    }

    /// <summary>The value of a text that is one expression.</summary>
    /// <exception cref="PythonReadException">The text is not whole, or too deep or long.</exception>
    public static PythonValue ValueOf(string text) =>
        new PythonLexer(text.ReplaceLineEndings("\n")).Lines() is [var line] && new PythonExpression(line.Tokens, new PythonScope()) is var expression
            && expression.ReadAll() is var value && expression.IsAtEnd
                ? value
                : new PythonValue.Unknown("more than one expression", 1);

    private void Read(PythonLine line)
    {
        while (_blocks.TryPeek(out var block) && line.Indent <= block.Indent)
        {
            _blocks.Pop();
        }

        while (_functions.TryPeek(out var function) && line.Indent <= function.Indent)
        {
            foreach (var (name, value) in _functions.Pop().Before)
            {
                _scope.Restore(name, value);
            }
        }

        var first = line.Tokens[0];
        if (first.IsName("import") || first.IsName("from"))
        {
            Import(line.Tokens);
        }
        else if (first.IsName("def") || (first.IsName("async") && line.Tokens.Count > 1 && line.Tokens[1].IsName("def")))
        {
            Define(line);
        }
        else if (first.Kind == PythonTokenKind.Name && s_openers.Contains(first.Text, StringComparer.Ordinal) && line.Tokens.Any(token => token.IsSign(":")))
        {
            Open(line);
        }
        else if (first.IsName("return"))
        {
            Evaluate(line.Tokens, 1);
        }
        else if (!s_passed.Contains(first.Text, StringComparer.Ordinal))
        {
            Assign(line.Tokens);
        }
    }

    // import a.b as c; from a.b import c as d, e
    private void Import(IReadOnlyList<PythonToken> tokens)
    {
        var at = 1;
        var module = tokens[0].IsName("from") ? Dotted(tokens, ref at) + "." : "";
        at += module.Length > 0 ? 1 : 0;
        for (; at < tokens.Count; at++)
        {
            if (tokens[at].Kind != PythonTokenKind.Name)
            {
                continue;
            }

            var name = Dotted(tokens, ref at);
            var hasOther = at + 1 < tokens.Count && tokens[at].IsName("as");
            var known = hasOther ? tokens[at + 1].Text : name;
            if (hasOther || module.Length > 0)
            {
                _scope.Import(known, module + name);
            }

            at += hasOther ? 1 : 0;
        }
    }

    private static string Dotted(IReadOnlyList<PythonToken> tokens, ref int at)
    {
        var name = "";
        while (at < tokens.Count && (tokens[at].IsSign(".") || tokens[at].IsSign("...") || (tokens[at].Kind == PythonTokenKind.Name && (name.Length == 0 || name[^1] == '.'))))
        {
            if (tokens[at].IsName("import"))
            {
                break;
            }

            name += tokens[at++].Text;
        }

        return name;
    }

    // A function's parameters are whatever it is called with.
    private void Define(PythonLine line)
    {
        var (tokens, before) = (line.Tokens, new Dictionary<string, PythonValue?>(StringComparer.Ordinal));
        for (var i = 1; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == PythonTokenKind.Name && (tokens[i - 1].IsSign("(") || tokens[i - 1].IsSign(",")))
            {
                before.TryAdd(tokens[i].Text, _scope.Find(tokens[i].Text));
                _scope.Set(tokens[i].Text, new PythonValue.Unknown($"'{tokens[i].Text}', a parameter of a function", tokens[i].Line));
            }
        }

        _functions.Push((line.Indent, before));
    }

    private void Open(PythonLine line)
    {
        var first = line.Tokens[0];
        _blocks.Push((line.Indent, first.Text, first.Line));
        for (var i = 1; first.IsName("for") && i < line.Tokens.Count && !line.Tokens[i].IsName("in"); i++)
        {
            if (line.Tokens[i].Kind == PythonTokenKind.Name)
            {
                _scope.Set(line.Tokens[i].Text, new PythonValue.Unknown($"'{line.Tokens[i].Text}', which a loop sets", first.Line));
            }
        }
    }

    private void Assign(IReadOnlyList<PythonToken> tokens)
    {
        NoteRateSetByHand(tokens);
        var targets = new List<List<string>>();
        var start = 0;
        while (Target(tokens, start) is var (names, sign, next))
        {
            if (sign is not "=")
            {
                // x += 1: worked out as x = x + 1.
                var before = _scope.Value(names[0], tokens[start].Line);
                Set([names], PythonArithmetic.Apply(sign[..^1], before, Evaluate(tokens, next)));
                return;
            }

            targets.Add(names);
            start = next;
        }

        Set(targets, Evaluate(tokens, start));
    }

    // group["lr"] = … or optimizer.param_groups[0]["lr"] = …: the optimizer's rate is not the one that it was made with.
    private void NoteRateSetByHand(IReadOnlyList<PythonToken> tokens)
    {
        var open = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            open += tokens[i].Kind != PythonTokenKind.Sign ? 0 : tokens[i].Text is "(" or "[" or "{" ? 1 : tokens[i].Text is ")" or "]" or "}" ? -1 : 0;
            if (open == 0 && tokens[i].Kind == PythonTokenKind.Sign && tokens[i].Text is "=" or "*=" or "/=" or "+=" or "-=")
            {
                var isRate = tokens.Take(i).Any(token => token is { Kind: PythonTokenKind.Text, Text: "lr" or "initial_lr" });
                _scope.RateSetOnLine ??= isRate ? tokens[i].Line : null;
                return;
            }
        }
    }

    private PythonValue Evaluate(IReadOnlyList<PythonToken> tokens, int start)
    {
        if (start >= tokens.Count)
        {
            return new PythonValue.Nothing(tokens[0].Line);
        }

        var expression = new PythonExpression(tokens, _scope) { At = start };
        var value = expression.ReadAll();
        return expression.IsAtEnd ? value : new PythonValue.Unknown("an expression that is not followed", tokens[start].Line);
    }

    private void Set(List<List<string>> targets, PythonValue value)
    {
        foreach (var names in targets)
        {
            for (var i = 0; i < names.Count; i++)
            {
                var item = names.Count == 1 ? value
                    : value is PythonValue.Sequence list && list.Items.Count == names.Count ? list.Items[i]
                    : new PythonValue.Unknown($"'{names[i]}', which is one of several values", value.Line);
                _scope.Set(names[i], _blocks.TryPeek(out var block)
                    ? new PythonValue.Unknown($"'{names[i]}', which is set within the '{block.Word}' of line {block.Line}", value.Line)
                    : item);
            }
        }
    }

    // The names before an assignment's sign: a, a.b, a["b"], a: float, or several with commas; null where none is assigned.
    private static (List<string> Names, string Sign, int Next)? Target(IReadOnlyList<PythonToken> tokens, int start)
    {
        var names = new List<string>();
        for (var at = start; at < tokens.Count; at++)
        {
            if (tokens[at].Kind != PythonTokenKind.Name)
            {
                return null;
            }

            var name = tokens[at].Text;
            while (at + 2 < tokens.Count && tokens[at + 1].IsSign(".") && tokens[at + 2].Kind == PythonTokenKind.Name)
            {
                name += "." + tokens[at + 2].Text;
                at += 2;
            }

            at++;
            if (at < tokens.Count && tokens[at].IsSign("["))
            {
                // An item is set: the whole is not known any more where items are read from it.
                at = Closing(tokens, at) + 1;
            }

            names.Add(name);
            if (at < tokens.Count && tokens[at].IsSign(":"))
            {
                at = AfterAnnotation(tokens, at);
            }

            if (at >= tokens.Count || tokens[at].Kind != PythonTokenKind.Sign)
            {
                return null;
            }

            if (tokens[at].Text is "=" or "+=" or "-=" or "*=" or "/=" or "//=" or "%=" or "**=")
            {
                return (names, tokens[at].Text, at + 1);
            }

            if (!tokens[at].IsSign(","))
            {
                return null;
            }
        }

        return null;
    }

    private static int Closing(IReadOnlyList<PythonToken> tokens, int at)
    {
        for (var open = 0; at < tokens.Count; at++)
        {
            open += tokens[at].Text is "[" && tokens[at].Kind == PythonTokenKind.Sign ? 1 : tokens[at].IsSign("]") ? -1 : 0;
            if (open == 0)
            {
                return at;
            }
        }

        return at;
    }

    private static int AfterAnnotation(IReadOnlyList<PythonToken> tokens, int at)
    {
        while (at < tokens.Count && !tokens[at].IsSign("="))
        {
            at++;
        }

        return at;
    }
}
