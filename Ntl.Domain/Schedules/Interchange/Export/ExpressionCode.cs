using Ntl.Domain.Schedules.Expressions;

namespace Ntl.Domain.Schedules.Interchange.Export;

/// <summary>Writes a formula as an expression of a programming language. Names get an underscore behind them, so that none is a keyword.</summary>
/// <param name="functions">The language's function for each operation that has no sign.</param>
/// <param name="pi">The language's π.</param>
internal sealed class ExpressionCode(IReadOnlyDictionary<ExpressionOperation, string> functions, string pi)
{
    public static string NameOf(string constant) => constant + "_";

    public string Of(ExpressionNode node) => node switch
    {
        NumberNode number => CodeNumber.Of(number.Value),
        ConstantNode constant => NameOf(constant.Name),
        VariableNode { Variable: ExpressionVariable.Pi } => pi,
        VariableNode variable => ExpressionVocabulary.NameOf(variable.Variable),
        OperationNode { Operation: var operation, Operands: var operands } => functions.TryGetValue(operation, out var function)
            ? $"{function}({string.Join(", ", operands.Select(Of))})"
            : operation switch
            {
                ExpressionOperation.Clamp => $"{functions[ExpressionOperation.Minimum]}({functions[ExpressionOperation.Maximum]}({Of(operands[0])}, {Of(operands[1])}), {Of(operands[2])})",
                ExpressionOperation.Negate => $"-{Within(operands[0])}",
                _ => $"{Within(operands[0])} {SignOf(operation)} {Within(operands[1])}",
            },
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "There is no such node."),
    };

    // Every sign within a sign has parentheses: no reader has to know a language's ranks.
    private string Within(ExpressionNode node) =>
        node is OperationNode { Operation: not ExpressionOperation.Clamp and var operation } && !functions.ContainsKey(operation) ? $"({Of(node)})" : Of(node);

    private static string SignOf(ExpressionOperation operation) => operation switch
    {
        ExpressionOperation.Add => "+",
        ExpressionOperation.Subtract => "-",
        ExpressionOperation.Multiply => "*",
        ExpressionOperation.Divide => "/",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It has no sign."),
    };
}
