namespace Ntl.Domain.Schedules.Expressions;

/// <summary>A variable of the step, or π.</summary>
internal sealed record VariableNode(ExpressionVariable Variable) : ExpressionNode;
