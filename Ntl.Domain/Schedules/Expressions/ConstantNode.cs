namespace Ntl.Domain.Schedules.Expressions;

/// <summary>A named number that is given beside the formula.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Of its first character in the text read, from 1.</param>
internal sealed record ConstantNode(string Name, int Position) : ExpressionNode;
