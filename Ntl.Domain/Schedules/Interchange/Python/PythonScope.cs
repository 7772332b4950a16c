namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>What the names of a text stand for, and the calls that it makes, in order.</summary>
internal sealed class PythonScope
{
    private readonly Dictionary<string, PythonValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _imports = new(StringComparer.Ordinal);

    private bool _hasAttributes;

    /// <summary>Every call that no number came of.</summary>
    public List<PythonValue.Call> Calls { get; } = [];

    /// <summary>Gives a name a value.</summary>
    public void Set(string name, PythonValue value)
    {
        // What was known of its attributes and items belonged to the value before.
        _hasAttributes |= name.Contains('.', StringComparison.Ordinal);
        foreach (var attribute in !_hasAttributes ? [] : _values.Keys.Where(key => key.StartsWith(name + ".", StringComparison.Ordinal)).ToList())
        {
            _values.Remove(attribute);
        }

        _values[name] = value;
    }

    /// <summary>Says which thing of which module a name is.</summary>
    public void Import(string name, string of) => _imports[name] = of;

    /// <summary>The line that sets a rate of the optimizer's parameter groups by hand; null where none does.</summary>
    public int? RateSetOnLine { get; set; }

    /// <summary>What a name was given; null where it was given nothing.</summary>
    public PythonValue? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Gives a name back what it had.</summary>
    public void Restore(string name, PythonValue? value)
    {
        if (value is null)
        {
            _values.Remove(name);
        }
        else
        {
            _values[name] = value;
        }
    }

    public PythonValue Value(string name, int line) =>
        _values.TryGetValue(name, out var value) ? value : NoValue(_imports.GetValueOrDefault(name, name), line);

    /// <summary>What is behind a point.</summary>
    public static PythonValue Attribute(PythonValue value, string name, int line)
    {
        if (value is PythonValue.Unknown { Name: { } path })
        {
            var whole = $"{path}.{name}";
            return whole is "math.pi" or "np.pi" or "numpy.pi" ? new PythonValue.Number(Math.PI, IsWhole: false, line)
                : NoValue(whole, line);
        }

        return value is PythonValue.Call call && call.Named(name) is { } argument
            ? argument
            : new PythonValue.Unknown($"'.{name}' of a value that only running the text would tell", line);
    }

    /// <summary>What is in brackets behind a list or dict.</summary>
    public static PythonValue Item(PythonValue value, PythonValue key, int line) => (value, key) switch
    {
        (PythonValue.Sequence list, PythonValue.Number { IsWhole: true } at) when Place(at.Value, list.Items.Count) is var i && i >= 0 && i < list.Items.Count =>
            list.Items[i],
        (PythonValue.Table table, PythonValue.Text name) when table.Items.LastOrDefault(item => item.Key is PythonValue.Text text && string.Equals(text.Value, name.Value, StringComparison.Ordinal)).Value is { } item =>
            item,
        (PythonValue.Unknown { Name: not null } unknown, _) => new PythonValue.Unknown($"an item of {unknown.What}", line),
        _ => new PythonValue.Unknown("an item that is not in the text", line),
    };

    /// <summary>A call: worked out where it gives a number, noted otherwise.</summary>
    public PythonValue Call(PythonValue function, List<(string? Name, PythonValue Value)> arguments, int line)
    {
        if (function is not PythonValue.Unknown { Name: { } name })
        {
            return new PythonValue.Unknown("what a call gives", line);
        }

        if (name is "dict" && arguments.TrueForAll(argument => argument.Name is not null))
        {
            return new PythonValue.Table([.. arguments.Select(argument => ((PythonValue)new PythonValue.Text(argument.Name!, line), argument.Value))], line);
        }

        if (arguments.TrueForAll(argument => argument.Name is null)
            && PythonArithmetic.Call(name, [.. arguments.Select(argument => argument.Value)], line) is { } result)
        {
            return result;
        }

        var call = new PythonValue.Call(name, arguments, line);
        _ = call.Bounded();
        Calls.Add(call);
        return call;
    }

    private static int Place(double index, int count) => (int)(index < 0 ? index + count : index);

    private static PythonValue.Unknown NoValue(string name, int line) => new($"'{name}', which has no value in the text", line) { Name = name };
}
