using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Expressions;

/// <summary>An operator or a function with its operands, as many as it takes.</summary>
internal sealed record OperationNode(ExpressionOperation Operation, ImmutableArray<ExpressionNode> Operands) : ExpressionNode;
