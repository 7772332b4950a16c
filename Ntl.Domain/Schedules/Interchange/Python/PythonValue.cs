namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>What an expression is worth, as far as it can be known without running anything.</summary>
/// <param name="Line">Where it is written, from 1.</param>
internal abstract record PythonValue(int Line)
{
    /// <summary>The largest value that is kept: names may stand for lists of lists of themselves.</summary>
    private const int LargestWeight = 20_000;

    private const int DeepestNesting = 60;

    /// <summary>Values in it, itself included.</summary>
    public virtual int Weight => 1;

    /// <summary>How deep it is nested.</summary>
    public virtual int Depth => 1;

    /// <summary>The same value, if it is not too large.</summary>
    /// <exception cref="PythonReadException">It is.</exception>
    public PythonValue Bounded() => Weight <= LargestWeight && Depth <= DeepestNesting
        ? this
        : throw new PythonReadException(Line, "A value is too large, or nested too deeply.");

    private static int WeightOf(IEnumerable<PythonValue> values) => (int)Math.Min(int.MaxValue, 1 + values.Sum(value => (long)value.Weight));

    private static int DepthOf(IEnumerable<PythonValue> values) => 1 + values.Select(value => value.Depth).DefaultIfEmpty(0).Max();

    /// <summary>A number; <see cref="IsWhole"/> for Python's int.</summary>
    internal sealed record Number(double Value, bool IsWhole, int Line) : PythonValue(Line);

    /// <summary>A string.</summary>
    internal sealed record Text(string Value, int Line) : PythonValue(Line);

    /// <summary>True or False.</summary>
    internal sealed record Flag(bool Value, int Line) : PythonValue(Line);

    /// <summary>None.</summary>
    internal sealed record Nothing(int Line) : PythonValue(Line);

    /// <summary>A list or tuple.</summary>
    internal sealed record Sequence(IReadOnlyList<PythonValue> Items, int Line) : PythonValue(Line)
    {
        /// <inheritdoc/>
        public override int Weight { get; } = WeightOf(Items);

        /// <inheritdoc/>
        public override int Depth { get; } = DepthOf(Items);
    }

    /// <summary>A dict.</summary>
    internal sealed record Table(IReadOnlyList<(PythonValue Key, PythonValue Value)> Items, int Line) : PythonValue(Line)
    {
        /// <inheritdoc/>
        public override int Weight { get; } = WeightOf(Items.SelectMany(item => new[] { item.Key, item.Value }));

        /// <inheritdoc/>
        public override int Depth { get; } = DepthOf(Items.SelectMany(item => new[] { item.Key, item.Value }));
    }

    /// <summary>What a function that is not run gives: a scheduler, an optimizer, or anything else.</summary>
    /// <param name="Name">The function's name, dots and all.</param>
    /// <param name="Arguments">In order; those by position have no name.</param>
    /// <param name="Line">Where the call is written.</param>
    internal sealed record Call(string Name, IReadOnlyList<(string? Name, PythonValue Value)> Arguments, int Line) : PythonValue(Line)
    {
        /// <inheritdoc/>
        public override int Weight { get; } = WeightOf(Arguments.Select(argument => argument.Value));

        /// <inheritdoc/>
        public override int Depth { get; } = DepthOf(Arguments.Select(argument => argument.Value));

        /// <summary>The name without its modules.</summary>
        public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];

        public PythonValue? Named(string name) =>
            Arguments.FirstOrDefault(argument => string.Equals(argument.Name, name, StringComparison.Ordinal)).Value;
    }

    /// <summary>A value that only running the text would tell.</summary>
    /// <param name="What">Words for it: "a lambda", "'args.lr', which has no value in the text".</param>
    /// <param name="Line">Where it is written.</param>
    internal sealed record Unknown(string What, int Line) : PythonValue(Line)
    {
        /// <summary>The name that has no value; null for anything else.</summary>
        public string? Name { get; init; }
    }
}
