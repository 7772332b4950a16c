namespace Ntl.Domain.Schedules.Expressions;

/// <summary>A number as written: finite and ≥ 0.</summary>
internal sealed record NumberNode(double Value) : ExpressionNode;
