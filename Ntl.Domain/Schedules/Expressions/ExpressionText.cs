using System.Globalization;

namespace Ntl.Domain.Schedules.Expressions;

/// <summary>Writes a formula's one text: no white space, no parenthesis that the tree does not need, shortest round-trip numbers.</summary>
internal static class ExpressionText
{
    private const int OfSum = 1;
    private const int OfProduct = 2;
    private const int OfSign = 3;
    private const int OfPower = 4;
    private const int OfAtom = 5;

    public static string Of(ExpressionNode node) => node switch
    {
        NumberNode number => Of(number.Value),
        ConstantNode constant => constant.Name,
        VariableNode variable => ExpressionVocabulary.NameOf(variable.Variable),
        OperationNode operation => Of(operation),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "There is no such node."),
    };

    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static string Of(OperationNode node)
    {
        var operands = node.Operands;
        return node.Operation switch
        {
            ExpressionOperation.Negate => $"-{Within(operands[0], OfSign)}",
            ExpressionOperation.Add => $"{Within(operands[0], OfSum)}+{Within(operands[1], OfProduct)}",
            ExpressionOperation.Subtract => $"{Within(operands[0], OfSum)}-{Within(operands[1], OfProduct)}",
            ExpressionOperation.Multiply => $"{Within(operands[0], OfProduct)}*{Within(operands[1], OfSign)}",
            ExpressionOperation.Divide => $"{Within(operands[0], OfProduct)}/{Within(operands[1], OfSign)}",
            ExpressionOperation.Power => $"{Within(operands[0], OfAtom)}^{Within(operands[1], OfSign)}",
            _ => $"{ExpressionVocabulary.NameOf(node.Operation)}({string.Join(',', operands.Select(Of))})",
        };
    }

    private static string Within(ExpressionNode node, int least) => RankOf(node) >= least ? Of(node) : $"({Of(node)})";

    private static int RankOf(ExpressionNode node) => node is not OperationNode { Operation: var operation } ? OfAtom : operation switch
    {
        ExpressionOperation.Add or ExpressionOperation.Subtract => OfSum,
        ExpressionOperation.Multiply or ExpressionOperation.Divide => OfProduct,
        ExpressionOperation.Negate => OfSign,
        ExpressionOperation.Power => OfPower,
        _ => OfAtom,
    };
}
