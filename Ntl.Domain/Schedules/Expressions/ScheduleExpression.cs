using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Expressions;

/// <summary>
/// A formula for a rate, as <c>peak*(1-t)^1.5</c>: a tree of numbers, names and arithmetic that is worked out, never run as code. It knows <c>t</c> (progress k/n, in [0, 1)),
/// <c>k</c> (the phase's own step), <c>n</c> (its steps), <c>pi</c>, the operators <c>+ - * / ^</c>, and the functions sqrt, exp, log, cos, sin, abs, floor, pow, min, max and
/// <c>clamp(x, low, high)</c>; every other name is a number that is given beside it. Docs: docs/adr/0015.
/// </summary>
public sealed class ScheduleExpression : IEquatable<ScheduleExpression>
{
    /// <summary>The longest text of a formula.</summary>
    public const int MaximumCharacters = 500;

    /// <summary>The most operators and functions in one formula.</summary>
    public const int MaximumOperations = 100;

    private ScheduleExpression(ExpressionNode root, int operations)
    {
        Root = root;
        Operations = operations;
        Text = ExpressionText.Of(root);
        Constants = [.. ConstantsOf(root).OrderBy(constant => constant.Position).DistinctBy(constant => constant.Name, StringComparer.Ordinal)];
        Names = [.. Constants.Select(constant => constant.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>The one text of this formula: without white space or needless parentheses, numbers in their shortest form.</summary>
    public string Text { get; }

    /// <summary>The names that need a number, in ordinal order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>How many operators and functions it has.</summary>
    public int Operations { get; }

    internal ExpressionNode Root { get; }

    /// <summary>Each name at its first place.</summary>
    internal ImmutableArray<ConstantNode> Constants { get; }

    /// <summary>Reads a formula.</summary>
    /// <param name="text">Any text; white space is free, <c>**</c> is a power too.</param>
    /// <param name="problem">The first thing wrong, with its place; null when there is a formula.</param>
    /// <returns>Null when something is wrong.</returns>
    public static ScheduleExpression? Parse(string text, out ExpressionProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (root, found, operations) = ExpressionParser.Parse(text);
        problem = found;
        return root is null ? null : new(root, operations);
    }

    /// <inheritdoc/>
    public bool Equals(ScheduleExpression? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScheduleExpression);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The same formula with the step counted from a later one: what is left of it after so many of so many steps, to the bit. Null where that text would be too long.</summary>
    internal ScheduleExpression? After(long steps, long of)
    {
        var step = new OperationNode(ExpressionOperation.Add, [new VariableNode(ExpressionVariable.Step), new NumberNode(steps)]);
        return Parse(ExpressionText.Of(Moved(Root)), out _);

        ExpressionNode Moved(ExpressionNode node) => node switch
        {
            VariableNode { Variable: ExpressionVariable.Step } => step,
            VariableNode { Variable: ExpressionVariable.Steps } => new NumberNode(of),
            VariableNode { Variable: ExpressionVariable.Progress } => new OperationNode(ExpressionOperation.Divide, [step, new NumberNode(of)]),
            OperationNode operation => operation with { Operands = [.. operation.Operands.Select(Moved)] },
            _ => node,
        };
    }

    private static IEnumerable<ConstantNode> ConstantsOf(ExpressionNode node) => node switch
    {
        ConstantNode constant => [constant],
        OperationNode operation => operation.Operands.SelectMany(ConstantsOf),
        _ => [],
    };
}
